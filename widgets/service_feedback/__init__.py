"""Short feedback forms after a service: begun by a worker, filled in large by whom they are of, read afterward.

Belongs here: the form that begins one, the page over the whole screen, the list in the case. What is asked is content
(`resources/services/feedback`), and what is kept and counted is decided in `app.casework.service_feedback`.
"""
