"""Values of every type, and the arguments and keys that go with them."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from strategies.texts import PATTERNS, texts
from strategies.written import quote

Parts = tuple[str, dict[str, str], str]
"""Arguments, keys and a value that the field can hold, all as source."""


@st.composite
def _string(draw: DrawFn) -> Parts:
    if draw(st.booleans()):
        pattern, sample = draw(st.sampled_from(PATTERNS))
        return "(2..80)" if len(sample) > 1 else "", {"pattern": pattern}, quote(sample)
    low = draw(st.integers(0, 3))
    shape = draw(st.sampled_from(["", f"({low}..)", f"({low}..60)", "(60)"]))
    return shape, {}, quote(draw(texts()).ljust(low, "x"))


@st.composite
def _long_text(draw: DrawFn) -> Parts:
    return draw(st.sampled_from(["", "(1000)", "(0..)"])), {}, quote(draw(texts()))


def _number(low: int, high: int) -> Any:
    @st.composite
    def parts(draw: DrawFn) -> Parts:
        value = draw(st.integers(low, high))
        keys = draw(st.sampled_from([{}, {"ge": low}, {"le": high}, {"ge": low, "le": high}]))
        return "", {key: str(bound) for key, bound in keys.items()}, str(value)

    return parts


@st.composite
def _float(draw: DrawFn) -> Parts:
    value = draw(st.floats(-1e300, 1e300, allow_nan=False))
    keys = draw(st.sampled_from([{}, {"gt": "-1e301"}, {"gt": "-1e301", "lt": "1e301"}]))
    return "", dict(keys), repr(value)


@st.composite
def _decimal(draw: DrawFn) -> Parts:
    precision = draw(st.integers(1, 38))
    scale = draw(st.integers(0, precision))
    digits = draw(st.integers(0, 10**precision - 1))
    value = Decimal(f"{digits}E-{scale}")
    return f"({precision}, {scale})", draw(st.sampled_from([{}, {"ge": "0"}])), f"{value:f}"


@st.composite
def _json(draw: DrawFn) -> Parts:
    leaves = st.one_of(
        st.sampled_from(["null", "true", "false", "no", "[]", "{}"]),
        st.integers(-99, 99).map(str),
        texts().map(quote),
    )
    trees = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
            st.dictionaries(texts(10), inner, max_size=3).map(
                lambda found: "{" + ", ".join(f"{quote(k)}: {v}" for k, v in found.items()) + "}"
            ),
        ),
        max_leaves=4,
    )
    return "", {}, draw(trees)


def _constants(*values: str) -> Any:
    @st.composite
    def parts(draw: DrawFn) -> Parts:
        return "", {}, draw(st.sampled_from(values))

    return parts


@st.composite
def _bytes(draw: DrawFn) -> Parts:
    data = draw(st.binary(max_size=20))
    return draw(st.sampled_from(["", "(20)"])), {}, quote(base64.b64encode(data).decode())


BY_TYPE: dict[str, Any] = {
    "string": _string,
    "text": _long_text,
    "smallint": _number(-(2**15), 2**15 - 1),
    "int": _number(-(2**31), 2**31 - 1),
    "bigint": _number(-(2**63), 2**63 - 1),
    "float": _float,
    "decimal": _decimal,
    "bool": _constants("true", "false"),
    "date": _constants("2026-01-31", "0001-01-01", "9999-12-31"),
    "time": _constants('"09:30"', '"23:59:59.999999"'),
    "datetime": _constants('"2026-01-31T09:30:00Z"', '"2026-01-31T09:30:00.5+05:30"'),
    "duration": _constants("PT90S", "P1DT2H", "90s", '"-PT1S"'),
    "uuid": _constants("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    "json": _json,
    "bytes": _bytes,
    "email": _constants("a@b.example", '"ohara@x.example"'.replace("''", "'")),
    "url": _constants('"https://example.com/a?b=c#d"', '"http://x.example"'),
    "slug": _constants("a", "a-1-b"),
    "ip": _constants('"::1"', "127.0.0.1"),
    "password": _constants(""),
}
