"""Filming a meeting: preflight, sessions, takes, stages, the talk after it, and rescue after a crash."""
