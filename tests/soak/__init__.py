"""Long runs that look for what seldom happens: `make soak`."""
