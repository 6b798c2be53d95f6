"""The place *Lausunto*: sections, text, sources and what still lacks."""
