"""Read models that join units, posts and people."""
