"""Guests' passes as windows: giving one, seeing and ending those that are given, another coder in somebody's place."""
