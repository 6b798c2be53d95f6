"""Hours and statistics: own hours written down and confirmed, periods frozen, and a year of the office in tables.

What is counted and hidden is `app.statistics`; nothing here tells of anybody's work more than its hours.
"""
