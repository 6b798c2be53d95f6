"""The second pass: both say *how* of the events they agreed on, each alone again, and agreement of that alone.

It is a reading anew (`CodingHeader.reading`): sealed as the first is, and by the same rule of the store open when both
are ready. The first reading and its common view stay as they are. What each said where they differ stays each's own.
"""
