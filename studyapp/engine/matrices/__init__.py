"""Formulas in matrix symbols: their values at drawn matrices, whether two of them are equal, and the slips."""
