"""studyapp: learn and drill loss functions, gradient descent and backpropagation in a terminal."""

__version__ = "0.1.0"
