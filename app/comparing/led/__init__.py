"""Together from two places: one end leads the walk through the differences, the other follows, and nothing is lost."""
