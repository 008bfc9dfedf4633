"""Files in and out: a batch is staged, previewed, applied in one transaction, and can be undone."""
