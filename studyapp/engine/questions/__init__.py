"""What questions are drawn from: random values, keys, options, sentences with their holes filled."""
