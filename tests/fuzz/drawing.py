"""So many specs, drawn in parts that may run beside each other."""

from __future__ import annotations

import os
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, seed, settings
from strategies import Written, specs

SPECS = int(os.environ.get("FUZZ_SPECS", "100"))
"""How many are drawn; `make fuzz N=3000` says another number."""
PART = 25
"""How many of them one test takes."""
PARTS = range(-(-SPECS // PART))


def drawn(part: int) -> Iterator[Written]:
    """The specs of a part that have a resource, each once: the same ones on every machine."""
    found: dict[str, Written] = {}

    @seed(part)
    @settings(
        max_examples=PART,
        phases=[Phase.generate],
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(specs().filter(lambda written: bool(written.resources)))
    def draw(written: Written) -> None:
        found[written.text()] = written

    draw()
    yield from found.values()
