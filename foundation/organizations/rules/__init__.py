"""Pure rules of units: what an act is to do, and how full a team is."""
