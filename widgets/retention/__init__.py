"""How long material is kept, what is due to go, what keeps it, and the erasing of it: shown in cases and settings."""
