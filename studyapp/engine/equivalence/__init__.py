"""Whether two formulas mean the same, and which slip leads from one to the other."""
