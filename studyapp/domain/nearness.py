"""The name that was probably meant, among those that there are."""

from collections.abc import Iterable
from itertools import islice

LONGEST = 40  # characters of a name for which a near one is sought
MOST = 500  # names among which it is sought; the functions are some 150


def nearest_name(name: str, known: Iterable[str]) -> str:
    """The known name one slip of a finger away, in a long one two; else empty. Of three letters only longer ones."""
    known = tuple(islice(known, MOST))
    slips = 0 if not 3 <= len(name) <= LONGEST else 1 if len(name) < 8 else 2
    near = [
        (slips_between(name.casefold(), candidate.casefold(), slips), abs(len(candidate) - len(name)), candidate)
        for candidate in known
        if len(candidate) > max(3, len(name)) or len(name) > 3 or candidate.casefold() == name.casefold()
    ]
    count, _, best = min(near, default=(slips + 1, 0, ""))
    return best if count <= slips else ""


def slips_between(left: str, right: str, most: int) -> int:
    """Letters left out, put in, changed or exchanged with a neighbour; one more than `most` where there are more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for index, letter in enumerate(left):
        last, row, earlier = row, [index + 1], before
        for column, other in enumerate(right):
            best = min(last[column + 1] + 1, row[column] + 1, last[column] + (letter != other))
            if index and column and letter == right[column - 1] and left[index - 1] == other:
                best = min(best, earlier[column - 1] + 1)
            row.append(best)
        before = last
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
