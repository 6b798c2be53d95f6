"""Everything at rest: keys, the encrypted database, film containers, logs and backups. Knows no widgets."""
