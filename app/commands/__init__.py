"""What the command line does, without the line itself. What only the roof joins is in `command_line`."""
