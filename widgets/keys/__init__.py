"""Keys on the keyboard: how they are read, named and listed. What they do is in `app/shortcuts.py`."""
