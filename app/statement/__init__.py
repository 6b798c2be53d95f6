"""The written statement: its editor, the passages filled from the archive, evidence, and the way to paper."""
