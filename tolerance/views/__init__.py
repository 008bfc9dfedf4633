"""Pages of shelter."""
