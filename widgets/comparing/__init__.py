"""The place *Vertailu*: two codings that are ready, their agreement, and where they differ."""
