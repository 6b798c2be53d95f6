"""Several files of one recording made into one film."""
