"""The numbers of one coding, and the sheets that screen, clipboard and files show of them."""
