"""The calendar of the worker's own cases."""
