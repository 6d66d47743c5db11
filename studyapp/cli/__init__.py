"""Floor 6: The commands, one thin file each. click lives here."""


def main() -> None:
    """Run the command line."""
