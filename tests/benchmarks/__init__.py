"""Programs that print figures and, where a peer is named, ratios from the same run. Nothing here asserts a time."""
