"""The timeline that coding and comparing share: scale, lanes, what is in them, and its drawing."""
