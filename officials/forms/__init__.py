"""Forms of units, posts and people: shape only, the rules are asked by the services."""
