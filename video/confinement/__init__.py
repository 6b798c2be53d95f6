"""What a process that reads films gives up for good before its first film: by the kernel, whatever code runs then."""
