"""*Luvut*: the numbers and pictures of one coding, as a drawer of the coding room and as a window of its own."""
