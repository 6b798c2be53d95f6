"""What leaves the archive for good: what goes with it, the act itself, and the certificate on paper.

The rules and the erasing lie in `storage/erasing`, behind the port `Erasing`; how long what is kept is none of this.
"""
