"""*Parin laatu*: how alike the office's pairs code, over many meetings. Never about one worker, no order of pairs."""
