"""Two codings side by side, once both are ready."""
