"""What leaves the archive for good: the one door for it (the `Erasing` of app/ports). Killed anywhere, finished later.

Films, what was made from them and finished pages go by their key; rows by deletion, with what the journal holds of
them. What stays is the certificate and the access log, which hold ids, counts and checksums.
"""
