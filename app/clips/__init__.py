"""Short pieces of films: the examples that a scheme teaches with."""
