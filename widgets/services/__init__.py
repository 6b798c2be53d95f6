"""The place of a piece of work by a template: its phases, its sheets and tables, who has a part, and its papers."""
