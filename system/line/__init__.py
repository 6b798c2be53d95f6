"""The only place of the program that speaks with another computer: the line of a pair, while it is wanted."""
