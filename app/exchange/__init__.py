"""Files of other programs, read and written: tables, and later BORIS, ELAN and others. Nothing here is the archive."""
