"""Frozen dataclasses that are made quickly: `__init__` alone is written out for each class.

`dataclasses.dataclass` compiles six functions for a frozen class with slots, which takes 0.4 ms; the app defines 250 of
them before its first question. Here equality, hash and text go by the names of the fields. That no field is set anew
is left to the type checker, which reads this `dataclass` as that of the standard library.
"""

from collections.abc import Callable
from dataclasses import Field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:  # it knows this decorator by the name of its module
    from dataclasses import dataclass
else:
    from dataclasses import dataclass as written_out

    def dataclass(described: type | None = None, /, **options: bool) -> Callable[[type], type] | type:
        """As that of `dataclasses`, which makes what is no frozen class with slots, or what has an order."""
        frozen, eq = options.get("frozen") and options.get("slots"), options.get("eq", True)
        if described is not None or not frozen or options.get("order"):
            return written_out(described, **options)

        def made(described: type) -> type:
            cls = written_out(described, **options | {"frozen": False, "eq": False, "repr": False})
            for name, method in _methods(fields(cls), eq=eq).items():
                if vars(cls).get(name) is None:  # a class with an `__eq__` of its own has None for `__hash__`
                    setattr(cls, name, method)
            return cls

        return made


def _methods(of: tuple[Field[Any], ...], *, eq: bool) -> dict[str, Callable[..., Any]]:
    names = tuple(field.name for field in of)
    state = _values(names)
    compared = _values(tuple(field.name for field in of if field.compare))
    hashed = _values(tuple(field.name for field in of if (field.compare if field.hash is None else field.hash)))

    def text(self: object) -> str:
        values = zip(names, state(self), strict=True)
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in values)})"

    def state_of(self: object) -> tuple[object, ...]:
        return state(self)

    def restore(self: object, values: tuple[object, ...]) -> None:
        for name, value in zip(names, values, strict=True):
            setattr(self, name, value)

    def equals(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_of(self: object) -> int:
        return hash(hashed(self))

    methods: dict[str, Callable[..., Any]] = {"__repr__": text, "__getstate__": state_of, "__setstate__": restore}
    return methods | {"__eq__": equals, "__hash__": hash_of} if eq else methods


def _values(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """What gives the values of fields as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    alone = attrgetter(*names) if names else None
    return lambda value: (alone(value),) if alone else ()
