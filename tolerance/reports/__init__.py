"""Papers of shelter. Pure."""
