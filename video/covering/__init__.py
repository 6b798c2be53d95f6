"""Clips that leave: faces looked for, covers burned in, voices muted, and what was written decoded and proven."""
