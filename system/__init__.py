"""The computer around the program: what the system tells of itself. Knows no archive, no films and no widgets."""
