"""Colors, style sheet and the small building blocks that all screens share."""
