"""Pages that belong to no single room: home, inbox, errors."""
