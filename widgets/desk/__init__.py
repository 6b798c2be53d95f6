"""The place *Työpöytä*: what waits for the signed-in worker, each with its one action."""
