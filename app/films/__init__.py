"""Films of a meeting: taken in from cards and files, copied for moving about, aligned, shown as reels."""
