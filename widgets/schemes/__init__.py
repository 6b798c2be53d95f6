"""Own coding schemes and rating instruments: the shelf in the settings, the page where one draft is worked on.

What shows content while coding is here too: the example of a code, the choice of scheme and instrument, and the note on
a newer version. What decides is in `app.schemes.drafts`, `app.schemes.newer_version` and `app.clips.examples`.
"""
