"""Backups of an archive: making, checking and restoring them."""
