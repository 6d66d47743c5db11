"""Floor 2: When a skill is due: pure functions over (memory, rating, day). fsrs lives here."""
