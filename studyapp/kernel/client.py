"""The kernel as a child process, seen from the app. Values only; no mathematics is imported here."""
