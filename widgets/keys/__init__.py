"""Keys on the keyboard: how they are read, matched, named and listed. What they do is data in `app/shortcuts/`."""
