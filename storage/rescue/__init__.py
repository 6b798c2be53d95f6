"""Rescue of a damaged archive: read page by page without SQLite, and what can be read written into a new archive.

`sealed_pages` and `log_frames` give the pages whose seals hold, `cells` what lies on a page, `trees` which page is of
which table, `reading` the rows. `new_rows` puts them into the tables of a new archive, with `from_journal` for rows
that are lost, `films_over` carries films over, `rescuing` does all of it in its order. Nothing here ever writes to
the damaged archive.

The limit: a row that was taken away does not come back, for the program overwrites it on its page, and pages that are
free are left out as far as their list can be read. Only where the newest state of a page was lost with the log beside
the database, its older state counts, with rows that were taken away since the log was begun; an erasing never leaves
that, because it writes the whole file anew and empties the log.
"""
