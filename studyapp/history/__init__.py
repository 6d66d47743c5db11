"""Floor 2: The append-only event log and its derived index. sqlite3 lives here."""
