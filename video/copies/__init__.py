"""What is made from a film beside it: small copies for moving about, waveform, thumbnails."""
