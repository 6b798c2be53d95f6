"""What a screen reader is told of parts that Qt would call something else, or that are only painted.

What a part means stands in its name: readers on Windows and macOS leave descriptions out.
"""
