"""Films that were never finished: what is readable of them as a new film, the original left as it is."""
