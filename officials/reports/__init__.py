"""Papers of units, posts and people: values in, reports out."""
