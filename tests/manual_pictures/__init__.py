"""`make manual-pictures`: the program takes the pictures of its manual of itself."""
