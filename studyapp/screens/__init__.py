"""Floor 5: The terminal app, one file per screen. textual lives here."""
