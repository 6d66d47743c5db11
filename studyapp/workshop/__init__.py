"""Floor 4: The author without a terminal: every complaint about content, and the verification of drawn questions."""
