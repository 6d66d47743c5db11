"""A multilayer perceptron, and the training figure: a network that learns digits."""
