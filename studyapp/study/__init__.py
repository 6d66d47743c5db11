"""Floor 4: The learner without a terminal: library, practice, progress."""
