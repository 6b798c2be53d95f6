"""Where two films lie to each other, found by their sound."""
