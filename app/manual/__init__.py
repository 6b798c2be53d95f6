"""The manual: its pages with buttons and keys named as the program names them now, and the search in them."""
