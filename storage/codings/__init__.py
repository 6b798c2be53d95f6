"""Codings that their coders make alone: each an encrypted file under its coder's own key until it is released.

What a worker chose alone, moments for feedback, is sealed by the same key in rows of the archive (`choices`).

What others may know of one is its clear row in the archive (`storage/store/sealed_rows`). Here are the files: their
format, the steps of their coders, release, and what is found and finished at sign-in. No backups.
"""
