"""Losses, activations, metrics, steps and sizes: everything about each side by side, one file a family."""
