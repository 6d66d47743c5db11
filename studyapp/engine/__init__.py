"""Floor 1: the mathematics: losses, activations, drawing, the meaning of trees, equivalence.

NumPy, SymPy and mpmath live here, and nowhere else.
"""
