"""Watching the films of one meeting: their pictures, what plays them, how they are shown, and how they are aligned.

Shared by coding, comparing and the statement. What is coded or decided on what is seen is those rooms' own.
"""
