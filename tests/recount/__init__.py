"""A statement's numbers counted once more, from the raw rows and by other means than the program's.

Nothing here reads `app.statistics`, `app.numbers`, `app.comparing` or `app.statement`: `figures` is written after
domain 3.3, 3.6 and Annex A in plain loops, `expected` says where which number has to stand, and `pages` reads what the
file says and looks for the reason of every number in it. `made` makes archives by seed through the program's own doors.
"""
