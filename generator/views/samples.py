"""Values for the tests of a generated project: valid ones that differ row by row, and invalid ones.

Each valid sample is a Python expression of `n`, which counts the rows of a test run; it gives the
value as JSON carries it, in the form in which the API answers it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from generator import naming
from generator.bounds import float_range
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.model import Field
from generator.views.code import Enums
from generator.views.samples_counted import Counted
from generator.views.samples_patterns import keys, many, many_keys, matching

SHORT = 8
"""Texts that may be no longer hold a number alone."""
FEW = 2
"""So many elements has a list."""
MANY = 10_000
"""As many rows as no test makes."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A valid value by row; `distinct` says how many rows can differ in it."""

    expression: str
    distinct: int = 1000
    uses: tuple[str, ...] = ()
    """Names of the standard library that the expression needs."""

    def at(self, number: int) -> Any:
        """The value in the row of that number, as JSON carries it.

        The expression is this module's: what a spec says stands in it as literals, and as no code.
        """
        return eval(self.expression, {"UUID": UUID, "b64encode": b64encode, "n": number})  # noqa: S307


def sample(item: Field, enums: Enums) -> Sample:
    """A valid value for a field."""
    return _list(item, enums) if item.is_list else _one(item, enums)


def _list(item: Field, enums: Enums) -> Sample:
    """A list of two elements, or as near to it as the field allows."""
    element = _one(item, enums)
    size = max(min(FEW, item.max_items or FEW), item.min_items or 0)
    if not re.search(r"\bn\b", element.expression):
        return replace(element, expression=f"[{element.expression}] * {size}")
    if element.expression == "n":
        return replace(element, expression=f"list(range(n, n + {size}))")
    return replace(element, expression=f"[{element.expression} for n in range(n, n + {size})]")


def _one(item: Field, enums: Enums) -> Sample:
    if item.enum is not None:
        members = [member.value for member in enums.by_name[item.enum].members]
        return _cycle(members)
    if item.pattern is not None:
        return _of_pattern(item)
    return SAMPLES[item.type](item)


def _of_pattern(item: Field) -> Sample:
    found = many(item)
    return _cycle(matching(item)) if found is None else _counting(found)


def _counting(texts: Counted) -> Sample:
    return Sample(texts.expression, min(texts.size, 1000))


def key_sample(item: Field) -> Sample:
    """A valid value for a key that clients name."""
    if item.pattern is not None:
        found = many_keys(item)
        few = keys(item)
        return _cycle(few[:-1] or few) if found is None else _counting(found)
    shortest, longest = item.min_length or 0, item.max_length or 255
    if longest < SHORT:
        return _digits(shortest, longest)
    padding = f'.ljust({shortest}, "x")' if shortest > len("row-1") else ""
    return Sample(f'f"row-{{n}}"{padding}')


def missing_key(item: Field) -> str:
    """A key that no row of a test has."""
    if item.pattern is None:
        return "z" * max(item.min_length or 1, 1)
    found = many_keys(item)
    return found.text(found.size - 1) if found else keys(item)[-1]


def staggered(one: Sample, steps: int) -> Sample:
    """The sample of so many rows later, for a field that must exceed another."""
    if steps == 0:
        return one
    return replace(one, expression=re.sub(r"\(n\)|\bn\b", f"(n + {steps})", one.expression))


def _cycle(values: list[str]) -> Sample:
    if len(values) == 1:
        return Sample(py(values[0]), 1)
    return Sample(f"{py(values)}[n % {len(values)}]", len(values))


def _text(item: Field) -> Sample:
    shortest, longest = item.min_length or 0, item.max_length or 255
    label = naming.title(item.name)[: max(longest - 5, 0)].rstrip()
    if longest >= SHORT and label:
        padding = "" if len(label) + 2 >= shortest else f'.ljust({shortest}, "x")'
        return Sample(f'f"{label} {{n}}"{padding}')
    return _digits(shortest, longest)


def _digits(shortest: int, longest: int) -> Sample:
    width = max(min(longest, 4), 1)
    digits = f'f"{{n % {10**width}:0{max(width, min(shortest, longest))}d}}"'
    return Sample(digits, 10**width)


def _slug(item: Field) -> Sample:
    longest = item.max_length or 100
    label = naming.dashed(item.name)[: max(longest - 5, 0)].strip("-")
    return Sample(f'f"{label}-{{n}}"') if label else Sample('f"{n}"', 10 ** min(longest, 3))


def _email(item: Field) -> Sample:
    return Sample(f'f"{naming.dashed(item.name)[:20]}-{{n}}@example.com"')


def _url(_: Field) -> Sample:
    return Sample('f"https://example.com/{n}"')


def _ip(_: Field) -> Sample:
    return Sample('f"10.0.{n // 256 % 256}.{n % 256}"')


def _password(item: Field) -> Sample:
    text = "correct horse battery staple"[: max((item.max_length or 128) - 4, 0)]
    return Sample(f'f"{text}{{n}}".ljust({item.min_length or 0}, "x")')


def _span(item: Field, lowest: int, highest: int) -> tuple[int, int]:
    """The whole numbers that a field allows, zero and up where it may."""
    low = max(_first(item, lowest), lowest)
    high = min(_last(item, highest), highest)
    return (0, high) if low < 0 <= high else (low, high)


def _first(item: Field, default: int) -> int:
    if item.ge is not None:
        return int(item.ge.to_integral_value("ROUND_CEILING"))
    return default if item.gt is None else int(item.gt.to_integral_value("ROUND_FLOOR")) + 1


def _last(item: Field, default: int) -> int:
    if item.le is not None:
        return int(item.le.to_integral_value("ROUND_FLOOR"))
    return default if item.lt is None else int(item.lt.to_integral_value("ROUND_CEILING")) - 1


def _whole(low: int, high: int) -> tuple[str, int]:
    """An expression that counts through whole numbers, and how many there are."""
    size = max(high - low + 1, 1)
    counted = "n" if size > MANY else f"n % {size}"
    if low == 0:
        return counted, min(size, 1000)
    return f"{low} + {counted}" if low > 0 else f"{low} + ({counted})", min(size, 1000)


def _integer(item: Field) -> Sample:
    grammar = TYPES[item.type].grammar
    text, size = _whole(*_span(item, grammar.lowest or 0, grammar.highest or 0))
    return Sample(text, size)


def _float(item: Field) -> Sample:
    low, high = _span(item, -(10**6), 10**6)
    if low <= high:
        text, size = _whole(low, high)
        return Sample(f"float({text})", size)
    start, end = float_range(item, 1.0)
    return Sample(f"{start!r} + {end - start!r} * ((n % 1000 + 0.5) / 1000)", 1000)


def _decimal(item: Field) -> Sample:
    precision, scale = item.precision or 1, item.scale or 0
    if precision == scale:
        size = 10 ** min(scale, 6)
        return Sample(f'f"0.{{n % {size}:0{scale}d}}"', min(size, 1000))
    highest = 10 ** (precision - scale) - 1
    low, high = _span(item, -highest, highest)
    if high < low:
        return Sample(py(_between(item)), 1)
    text, size = _whole(low, high)
    fraction = f".{'0' * scale}" if scale else ""
    return Sample(f'f"{{{text}}}{fraction}"', size)


def _between(item: Field) -> str:
    """A decimal where no whole number fits."""
    step = Decimal(1).scaleb(-(item.scale or 0))
    low = item.ge if item.ge is not None else (item.gt or Decimal(0)) + step
    return str(low.quantize(step))


def _bool(_: Field) -> Sample:
    return Sample("n % 2 == 0", 2)


def _date(_: Field) -> Sample:
    return Sample('f"{2000 + n // 336}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}"')


CLOCK = "{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}"
"""A second later each row."""


def _time(_: Field) -> Sample:
    return Sample(f'f"{CLOCK}"')


def _datetime(_: Field) -> Sample:
    return Sample(f'f"2026-01-01T{CLOCK}Z"')


def _duration(_: Field) -> Sample:
    return Sample('f"PT{1 + n // 3481}H{1 + n // 59 % 59}M{1 + n % 59}S"')


def _uuid(_: Field) -> Sample:
    return Sample("str(UUID(int=n))", uses=("from uuid import UUID",))


def _json(_: Field) -> Sample:
    return Sample('{"number": n}')


def _bytes(item: Field) -> Sample:
    width = max(min(item.max_length or 8, 8), item.min_length or 0, 1)
    number = "n" if 10**width > MANY else f"n % {10**width}"
    text = f'b64encode(f"{{{number}:0{width}d}}".encode()).decode()'
    return Sample(text, 10 ** min(width, 3), ("from base64 import b64encode",))


SAMPLES: dict[str, Callable[[Field], Sample]] = {
    "string": _text,
    "text": _text,
    "smallint": _integer,
    "int": _integer,
    "bigint": _integer,
    "float": _float,
    "decimal": _decimal,
    "bool": _bool,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "duration": _duration,
    "uuid": _uuid,
    "json": _json,
    "bytes": _bytes,
    "email": _email,
    "url": _url,
    "slug": _slug,
    "ip": _ip,
    "password": _password,
}
