"""The place *Tunnit ja tilastot*: own hours with a quick row, and a year of the office in tables and charts."""
