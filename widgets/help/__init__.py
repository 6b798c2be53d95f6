"""The manual in its window, and the problem report that a person reads before it is kept."""
