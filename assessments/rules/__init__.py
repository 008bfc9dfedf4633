"""Pure rules of the assessment: no database, dates and parameters passed in."""
