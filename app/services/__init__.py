"""The services of the office as data: which there are, and what belongs to each; files are in `resources/services`."""
