"""The common view of two ready codings: what comes over by itself, what each decision brings, and the door to both."""
