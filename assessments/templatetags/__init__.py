"""Tags of the assessment pages."""
