"""Supervision of professionals and families (domain 6): agreement, sessions, goals, evaluations, and film by consent.

It stands on the far side of a wall from client work, which the store keeps (`storage/store/reading_rules`): nothing
here belongs to a client's case, and no module of client work comes here. The one way across is `film`. A session that
is recorded (`recording`) has a folder of its own, which looks like a case to whatever films, codes and erases.
"""
