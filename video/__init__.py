"""Everything that moves: opening, checking, showing and playing films. Knows no keys, no archive and no widgets."""
