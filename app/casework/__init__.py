"""A case and what belongs to it: its people, commission, consents, meetings and their plans."""
