"""Pure rules of the rulebook itself: typing of values, choice of the value in force, working-day arithmetic."""
