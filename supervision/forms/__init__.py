"""Forms of supervision: shape only, the services ask the rules."""
