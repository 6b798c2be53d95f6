"""Films that the program draws itself: the example meeting and the numbered clip of the self-test."""
