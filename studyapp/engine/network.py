"""The multilayer perceptron: forward, backward, update, as pure functions over frozen values.

Notation, the same everywhere: u is a weighted sum, z = f(u) the activated value, w_ji the weight from unit i to unit j,
δ_j = ∂E/∂u_j. A batch is a matrix with one example a row.
"""
