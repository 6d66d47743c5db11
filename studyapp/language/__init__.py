"""Floor 1: the expression language: text to tree with positions, and tree to text, TeX and speech.

Standard library only.
"""
