"""The themes: paper on ink, ink on paper, the terminal's colours; one accent, and state colours come with a sign."""

from typing import Any

from textual.theme import Theme

COLOURS = {
    "primary": ("#7cb7ff", "#0b5394", "ansi_cyan"),
    "secondary": ("#98a1b0", "#5a616d", "ansi_cyan"),
    "accent": ("#7cb7ff", "#0b5394", "ansi_cyan"),
    "foreground": ("#dfe3ea", "#1f242c", "ansi_default"),
    "background": ("#14171c", "#fcfbf8", "ansi_default"),
    "surface": ("#1c2129", "#f2f0ea", "ansi_default"),
    "panel": ("#29303b", "#e4e1d8", "ansi_default"),
    "success": ("#86cf8a", "#1b6428", "ansi_green"),
    "warning": ("#f2b86b", "#864000", "ansi_yellow"),
    "error": ("#ff9a92", "#a3201c", "ansi_red"),
}
"""Textual's own colours: of the dark theme, the light one, and the terminal."""
VARIABLES = {
    "muted": ("#98a1b0", "#5a616d", "ansi_default"),
    "clock": ("#e6c84f", "#6e5200", "ansi_yellow"),
    "faint": ("#6b7482", "#868c96", "ansi_default"),
    "heat-1": ("#3a73b0", "#4d8bc9", "ansi_default"),
    "heat-2": ("#5c97d6", "#2d6cb0", "ansi_default"),
    "heat-3": ("#8fc1ff", "#0b5394", "ansi_default"),
    "heat-4": ("#d2e7ff", "#06315c", "ansi_cyan"),
    "formula": ("#f0dca0", "#664100", "ansi_default"),
    "typed": ("#b9d3e6", "#1d4f73", "ansi_cyan"),
    "chosen": ("#29303b", "#e4e1d8", "ansi_default"),
    "input-selection-background": ("#3a5570", "#bcd4e6", "ansi_blue"),
    "scrollbar": ("#2f3743", "#d3cfc4", "ansi_bright_black"),
    "scrollbar-background": ("#14171c", "#fcfbf8", "ansi_default"),
    "scrollbar-corner-color": ("#14171c", "#fcfbf8", "ansi_default"),
}
"""Further ones, in the same order: those of `look.STYLES`, and some that Textual would derive."""
TERMINAL = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "border-blurred": "ansi_bright_black",
    "screen-selection-background": "ansi_blue",
    "screen-selection-foreground": "ansi_default",
    "input-selection-foreground": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
}
"""What Textual cannot derive from the terminal's colours."""


def _theme(name: str, column: int, *, dark: bool = True, ansi: bool = False) -> Theme:
    colours: dict[str, Any] = {colour: row[column] for colour, row in COLOURS.items()}
    variables = {variable: row[column] for variable, row in VARIABLES.items()}
    if ansi:
        colours["boost"] = "ansi_default"
        variables |= TERMINAL
    return Theme(f"studyapp-{name}", **colours, dark=dark, ansi=ansi, variables=variables)


THEMES = {
    "dark": _theme("dark", 0),
    "light": _theme("light", 1, dark=False),
    "terminal": _theme("terminal", 2, ansi=True),
}
"""The themes by the names that settings give them."""
