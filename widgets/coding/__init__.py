"""The place *Koodaus*: eyes on the picture, hands on the keys."""
