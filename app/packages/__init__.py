"""Two computers and no server: what one worker hands over to another, sealed for that one alone."""
