"""Fields and choosers that forms of several screens are made of."""
