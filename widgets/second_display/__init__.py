"""The picture on a second screen, for those who look at it together: in coding now, in feedback and supervision later.

A room hands over pictures and opens and closes it; which screen it is and when it ends by itself is settled here and in
`app.films.displays`. Nothing but the picture belongs in its window, and what is said where the worker turned that on:
no name, code, note, clock or notice.
"""
