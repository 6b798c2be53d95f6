"""The place *Asetukset*: own details, workers, secrets, backup, the program, about."""
