"""History and audit: what a row looked like, who did what, and whether anyone tampered."""
