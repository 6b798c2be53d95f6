"""The numbers of a coding as sheets to read: words, pictures and the table that says the same, in one language.

Nothing here counts and nothing here draws. No sheet has a verdict, a sum of dimensions, or two adults.
"""
