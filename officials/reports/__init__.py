"""Papers and files about people, made from facts that are handed in."""
