"""The yearly assessment by API: rows read in one query, acts of one service call each."""
