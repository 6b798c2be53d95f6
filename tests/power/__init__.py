"""Power cuts and disks that refuse: what reaches the disk is written down, and what may be lost of it is tried."""
