"""Files in and out: import batches (stage, preview, apply, undo) and the reading of workbooks in a limited child process."""
