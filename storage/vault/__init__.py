"""Keys and what lies under them: the key file, and encrypted containers of films. No rows."""
