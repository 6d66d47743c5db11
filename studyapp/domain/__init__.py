"""Floor 0: the words of the subject as frozen values, and how files are written. Standard library only; no clock."""
