"""Five ways to compute with one formula: floats, 50 digits, fractions, SymPy, trees; and the derivative of a tree."""
