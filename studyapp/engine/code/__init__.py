"""Code as an answer: an expression of NumPy computed part by part, and compared on drawn arrays."""
