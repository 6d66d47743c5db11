"""studyapp: learn and drill loss functions, gradient descent and backpropagation in a terminal."""
