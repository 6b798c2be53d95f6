"""What the user sees, a folder per screen. A widget shows and asks; it never decides, computes or touches files."""
