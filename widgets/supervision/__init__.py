"""The place *Työnohjaus*: agreements, their sessions, goals and evaluations. Nothing of client work is read here."""
