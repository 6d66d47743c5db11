"""Floor 0: the words of the subject as frozen values. Standard library only; no clock, no randomness, and files in `files` alone."""
