"""Keys as data: what can be done by a key anywhere in the program, the worker's own keys over it, and sets of keys.

Everything that matches a key or names one on the screen or on paper asks `own_keys.KeyMap`; how keys are read from the
keyboard and shown is in `widgets/keys/`.
"""
