"""The figures of a comparison: which there are, how each was computed with its own numbers, and all on paper."""
