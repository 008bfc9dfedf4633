"""The yearly assessment of units (差异化考核) and the bottom-rank mechanism (末位倒逼)."""
