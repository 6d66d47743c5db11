"""Floor 2: An answer and a key to a verdict, one file per kind of answer, and the diagnosis of slips."""
