"""One file a page: its exhibits in reading order. No SQL, no figure code, and no page imports another."""
