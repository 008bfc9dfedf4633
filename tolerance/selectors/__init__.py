"""Read models of shelter."""
