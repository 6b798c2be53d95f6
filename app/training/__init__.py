"""A worker codes a reference film alone and sees, alone, where the reference was marked otherwise; a line over years.

No ranking, and nobody's figures but one's own: there is nothing here that asks for another worker's.
"""
