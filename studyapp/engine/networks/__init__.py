"""A multilayer perceptron, its training, and the digits to train it on."""
