"""Charts as plain values: lines, bars, marks and labels, placed once and drawn alike on the page and on the screen.

A chart is of one adult and the child; two adults never share an axis, and nothing is summed. What is told by color is
told by a shape, a word or a hatching too. Nothing here draws: `app.reports` and `widgets` do.
"""
