"""One file per step, numbered, never changed after it went out."""
