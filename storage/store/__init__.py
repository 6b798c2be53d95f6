"""The archive's store on an encrypted database: rows, rules, journal and audit. No keys and no films."""
