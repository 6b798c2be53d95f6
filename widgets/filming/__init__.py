"""*Kuvaus*: preparing a meeting's filming, filming it, and the talk right after. What filming does is `app/capture`."""
