"""Packages for another computer: sealed rows in the `age` format, films beside them as the containers they are."""
