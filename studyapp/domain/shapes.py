"""Matrices and vectors by the names of their dimensions: `matrix(N, D)` has the shape `("N", "D")`."""

from collections.abc import Iterable, Mapping

from studyapp.domain.exercise import IDENTITY, ONES, domain_of

Shape = tuple[str, ...]
"""The names of the dimensions: none of a number, one of a vector, two of a matrix. `1` is an axis of one entry."""

ONE = "1"


def shapes_of(symbols: Mapping[str, str]) -> dict[str, Shape]:
    """The shape of each symbol by its domain; of numbers it is empty."""
    domains = {name: domain_of(name, text) for name, text in symbols.items()}
    return {name: domain.dimensions if domain else () for name, domain in domains.items()}


def has_matrices(symbols: Mapping[str, str]) -> bool:
    """Whether one of the symbols is a matrix or a vector."""
    return any(text.lstrip().startswith(("matrix(", "vector(")) for text in symbols.values())


def dimensions_in(shapes: Iterable[Shape]) -> tuple[str, ...]:
    """The names of all dimensions in some shapes, each once, in order."""
    return tuple(dict.fromkeys(name for shape in shapes for name in shape if name != ONE))


def reserved_names(dimensions: Iterable[str]) -> dict[str, Shape]:
    """The identity `I_N` and the vector of ones `1_N` of each dimension, by their names in trees."""
    names: dict[str, Shape] = {}
    for dimension in dimensions:
        names |= {f"{IDENTITY}_{dimension}": (dimension, dimension), f"{ONES}_{dimension}": (dimension,)}
    return names


def shape_text(shape: Shape) -> str:
    """A shape as it is named: `N×D`, of a vector `N×1`."""
    return "×".join(shape if len(shape) == 2 else (*shape, ONE)) if shape else ONE
