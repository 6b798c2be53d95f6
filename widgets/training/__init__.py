"""Training: reference films coded alone, what came of it, and the own line. Nothing here asks for another worker's."""
