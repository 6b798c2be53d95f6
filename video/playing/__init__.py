"""Films of a meeting played with one playhead: the player, its sources of pictures, its clock and its sound."""
