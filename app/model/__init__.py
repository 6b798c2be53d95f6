"""The words of the field as frozen Python values. No Qt, no SQL, no files, nothing installed."""
