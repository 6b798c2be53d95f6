"""The office around the cases: the desk of what waits, the workers, their passphrases."""
