"""Schemes and instruments: their library, their drafts, and how a coding goes over to a newer version."""
