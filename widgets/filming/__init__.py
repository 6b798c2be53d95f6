"""*Kuvaus*: preparing a meeting's filming, filming it, and the talk right after. What it does is in `app/filming`."""
