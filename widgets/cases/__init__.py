"""The place *Asiakkaat*: cases, their people, commission, consents, meetings, plans and films."""
