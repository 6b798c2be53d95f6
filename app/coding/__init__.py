"""One coder and one meeting: how a coding begins, its editor, the own reaction time and the own notes."""
