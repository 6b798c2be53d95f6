"""From a file to exact pictures: the gate for untrusted films, facts, the index of frames, reading a frame."""
