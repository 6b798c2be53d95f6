"""The place *Palaute*: moments are chosen, arranged for each adult, shown on the second screen, and words written.

What may be shown decides `app.clips.permitted`; every edit goes through `app.clips.feedback`. On the second screen is
nothing of ours but the picture.
"""
