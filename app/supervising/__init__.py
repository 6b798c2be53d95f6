"""Supervision of professionals and families (domain 6): agreement, sessions, goals, evaluations, and film by consent.

It stands on the far side of a wall from client work, which the store keeps (`storage/store/reading_rules`): nothing
here belongs to a case, and no module of client work comes here. The one way across is `film`.
"""
