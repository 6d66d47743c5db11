"""Floor 5: The terminal app, one file per screen. textual lives here."""

import os

# Input methods commit several characters at once; terminals lose them in the kitty keyboard mode that Textual asks
# for. The variable is read when Textual is first imported, so it is set before anything here does.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
