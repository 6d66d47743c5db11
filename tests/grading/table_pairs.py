"""Pairs of a vector or matrix of formulas and an answer, drawn at random: equal in odd spellings, or with one slip.

Entries are sums of monomials; what is equal is decided by their coefficients.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from studyapp.domain.question import ExpressionKey

SYMBOLS = ("a", "x", "y", "z")
Monomial = tuple[int, ...]
Entry = dict[Monomial, Fraction]
"""A polynomial: the coefficient of each monomial by its exponents."""


@dataclass(frozen=True)
class Pair:
    """A key and an answer, and whether they are equal."""

    key: ExpressionKey
    answer: str
    is_right: bool


def entry(draws: random.Random) -> Entry:
    terms: Entry = {}
    for _ in range(draws.choice((1, 1, 2, 2, 3))):
        powers = [0] * len(SYMBOLS)
        for _ in range(draws.randint(1, 3)):
            powers[draws.randrange(len(SYMBOLS))] += 1
        terms[tuple(powers)] = Fraction(draws.choice((1, 1, 2, 3, 4, -1, -2, -3)))
    return terms


def monomial(powers: Monomial, draws: random.Random, *, odd: bool) -> str:
    factors = []
    for name, power in zip(SYMBOLS, powers, strict=True):
        if power == 0:
            continue
        raised = {2: f"{name}²", 3: f"{name}³"}.get(power, f"{name}^{power}")
        ways = [f"{name}^{power}", f"{name}**{power}", raised] if power > 1 else [name]
        ways += ["*".join([name] * power)] if power > 1 else []
        factors.append(draws.choice(ways) if odd else ways[min(1, len(ways) - 1)])
    if odd:
        draws.shuffle(factors)
    return draws.choice(("*", "·", " * ") if odd else ("*",)).join(factors)


def spelt(terms: Entry, draws: random.Random, *, odd: bool) -> str:
    pairs = list(terms.items())
    if odd:
        draws.shuffle(pairs)
    text = ""
    for powers, coefficient in pairs:
        body = monomial(powers, draws, odd=odd)
        size = abs(coefficient)
        number = str(size) if size.denominator == 1 else f"({size})"
        written = body if size == 1 else f"{number}*{body}"
        if not text:
            text = f"-{written}" if coefficient < 0 else written
        else:
            text += f"{' - ' if coefficient < 0 else ' + '}{written}"
    return text or "0"


def laid_out(rows: list[list[str]], draws: random.Random, *, odd: bool) -> str:
    if not odd:
        return (
            "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]" if len(rows) > 1 else f"[{', '.join(rows[0])}]"
        )
    if len(rows) == 1:
        joined = ", ".join(rows[0])
        column = "; ".join(rows[0])
        tex = r"\begin{pmatrix} " + r" \\ ".join(rows[0]) + r" \end{pmatrix}"
        return draws.choice(
            (f"({joined})", joined, f"[{joined}]", f"[{column}]", f"({joined})^T", tex, f"g = ({joined})")
        )
    lines = [", ".join(row) for row in rows]
    tex = r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{bmatrix}"
    nested = ", ".join(f"[{line}]" for line in lines)
    return draws.choice(
        ("; ".join(lines), f"[{nested}]", f"(({'), ('.join(lines)}))", "\n".join(lines), f"np.array([{nested}])", tex)
    )


def table(draws: random.Random) -> list[list[Entry]]:
    rows, columns = draws.choice(((1, 2), (1, 3), (2, 2), (2, 3), (3, 3), (3, 2)))
    return [[entry(draws) for _ in range(columns)] for _ in range(rows)]


def slipped(rows: list[list[Entry]], draws: random.Random) -> list[list[Entry]]:
    """The table with one slip."""
    new = [[dict(terms) for terms in row] for row in rows]
    terms = draws.choice(draws.choice(new))
    powers = draws.choice(list(terms))
    match draws.randrange(8):
        case 0:
            terms[powers] = -terms[powers]
        case 1:
            terms[powers] *= draws.choice((Fraction(2), Fraction(1, 2), Fraction(3)))
        case 2 if len(terms) > 1:
            del terms[powers]
        case 3:
            at = draws.choice([place for place, power in enumerate(powers) if power])
            coefficient = terms.pop(powers)
            less = tuple(power - (place == at) for place, power in enumerate(powers))
            terms[less] = terms.get(less, Fraction(0)) + coefficient
        case 4:
            new = [list(row) for row in zip(*new, strict=True)]
        case 5:
            flat = [terms for row in new for terms in row]
            draws.shuffle(flat)
            new = [flat[at : at + len(new[0])] for at in range(0, len(flat), len(new[0]))]
        case 6:
            for row in new:
                for part in row:
                    part.update({power: -value for power, value in part.items()})
        case _:
            factor = draws.choice((Fraction(2), Fraction(1, 2)))
            for row in new:
                for part in row:
                    part.update({power: value * factor for power, value in part.items()})
    return [[{power: value for power, value in part.items() if value} for part in row] for row in new]


def is_readable(rows: list[list[Entry]]) -> bool:
    """Whether no entry lost all of its symbols, which no key of this file has."""
    return all(part and all(any(powers) for powers in part) for row in rows for part in row)


def pairs(count: int, seed: int) -> Iterator[Pair]:
    """Pairs, half of them right."""
    draws = random.Random(seed)
    made = 0
    while made < count:
        rows = table(draws)
        answer = slipped(rows, draws) if made % 2 else rows
        same_shape = len(rows) == 1 and len(answer[0]) == 1
        if (made % 2 and (answer == rows or same_shape)) or not is_readable(answer):
            continue
        reference = laid_out([[spelt(terms, draws, odd=False) for terms in row] for row in rows], draws, odd=False)
        typed = laid_out([[spelt(terms, draws, odd=True) for terms in row] for row in answer], draws, odd=True)
        key = ExpressionKey(reference, dict.fromkeys(SYMBOLS, "real"), {})
        yield Pair(key, typed, is_right=made % 2 == 0)
        made += 1
