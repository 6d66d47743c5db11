"""Round numbers along an axis."""

from __future__ import annotations

import math
from decimal import Decimal


def nice_ticks(low: float, high: float, most: int) -> tuple[Decimal, ...]:
    """At most `most` multiples of 1, 2 or 5 times a power of ten within `low..high`; none where that is no range."""
    if not (math.isfinite(low) and math.isfinite(high) and low < high) or most < 1:
        return ()
    exponent = math.floor(math.log10((high - low) / most)) if high - low > 0 else 0
    for power in (exponent, exponent + 1):
        for factor in (1, 2, 5):
            step = Decimal(factor).scaleb(power)
            ticks = _multiples(step, low, high)
            if len(ticks) <= most:
                return ticks
    return ()


def tick_label(tick: Decimal) -> str:
    """A tick as it is written, without needless zeros."""
    if tick and not -4 <= tick.adjusted() <= 5:
        return f"{tick.normalize():e}".replace("e+", "e")
    return f"{tick.normalize():f}"


def _multiples(step: Decimal, low: float, high: float) -> tuple[Decimal, ...]:
    slack = Decimal("1e-9")
    first = math.ceil(Decimal(low) / step - slack)
    last = math.floor(Decimal(high) / step + slack)
    return tuple(step * count for count in range(first, last + 1)) if last - first < 1000 else (step,) * 1001
