"""Rules of supervision: periods, stacking, ratings, clocks, avoidance. Pure."""
