"""Tools for those who develop: never needed at run time."""
