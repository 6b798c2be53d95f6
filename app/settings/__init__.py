"""What this computer's user chose, and what the program remembers of its use. No secrets, nothing of any client.

`values` are the two values, `file` is how they lie on the disk, `preferences` the one object that screens are handed.
"""
