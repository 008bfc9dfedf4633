"""Units, posts and people by API."""
