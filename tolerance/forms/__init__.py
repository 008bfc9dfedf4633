"""Forms around cases of shelter."""
