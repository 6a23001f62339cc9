"""From which values the seeds of a field are taken: by its type, and as far as one can tell by its
name.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import partial

from generator.bounds import float_range
from generator.fieldtype import Name
from generator.fieldtypes import TYPES
from generator.literals import py
from generator.spec.model import Field
from generator.views.code import Code, enum_name
from generator.views.samples_patterns import KEY, matching
from generator.views.seeding_names import (
    PHONES,
    PROSE,
    RANGES,
    TITLES,
    USUAL,
    code_of,
    known_values,
    last_word,
    words_for,
)
from generator.views.seeding_patterns import fits, pieces

DOMAINS = "app.seeding.domains"
WORDS = Name("words", "app.seeding")
NUMBER = 8
"""As in the template of `domains.py`."""
SHORT = 6
"""A text of no more characters has no room for words."""
PHONE_SAMPLES = [f"+49 30 {digit * 7}" for digit in string.digits]
"""As in the template of `domains.py`."""
WIDE = Context(prec=80)


def domain(item: Field, resource: str, *, distinct: bool) -> Code:
    """The domain of a field's values, of each element's where it is a list."""
    if item.enum is not None:
        name = enum_name(item.enum)
        return _call("choices", name.name, names=(name,))
    if item.pattern is not None:
        return _patterned(item, distinct=distinct)
    if item.type in ("string", "text"):
        return _text(item, resource, distinct=distinct)
    if item.type == "slug":
        return _slug(item, resource)
    return BY_TYPE[item.type](item)


def key_domain(item: Field) -> Code:
    """The domain of keys that clients name."""
    if item.pattern is not None:
        found = pieces(item)
        alphabets = [alphabet for alphabet, _ in found or ()]
        if found and all(KEY.match(f"x{one}") for one in alphabets):
            return _call("shaped", py(found))
        return _call("choices", py([text for text in matching(item) if KEY.match(text)]))
    return _shaped(string.ascii_lowercase, item, 12)


def _call(name: str, *arguments: str, names: tuple[Name, ...] = ()) -> Code:
    return Code(f"{name}({', '.join(arguments)})", (Name(name, DOMAINS), *names))


def _patterned(item: Field, *, distinct: bool) -> Code:
    """The domain of a text with a pattern: a telephone number, what is known, or what it allows."""
    if last_word(item.name) in PHONES and all(map(partial(fits, item), PHONE_SAMPLES)):
        return _call("phones", str(item.min_length or 0), str(item.max_length or 255))
    known = [] if distinct else known_values(item)
    found = None if known else pieces(item)
    return (
        _call("choices", py(known or matching(item)))
        if found is None
        else _call("shaped", py(found))
    )


def _shaped(alphabet: str, item: Field, natural: int) -> Code:
    least, longest = item.min_length or 0, item.max_length or 255
    return _call("shaped", py([(alphabet, max(least, min(longest, natural)))]))


def _text(item: Field, resource: str, *, distinct: bool) -> Code:
    """The domain of a text without a pattern: a code, what is known, a few letters, or words."""
    least, longest, bases = item.min_length or 0, item.max_length or 255, words_for(item, resource)
    crowded = longest - NUMBER < max(least, SHORT)
    if code := code_of(item):
        return _shaped(code[0], item, code[1])
    if not distinct and (crowded or bases == TITLES) and (known := known_values(item)):
        return _call("choices", py(known))
    if crowded:
        return _shaped(string.ascii_uppercase, item, 12 if distinct else 4)
    return _worded(item, bases, (str(least), str(longest)), distinct=distinct)


def _worded(item: Field, bases: str, lengths: tuple[str, str], *, distinct: bool) -> Code:
    last = last_word(item.name)
    if last in PHONES and int(lengths[1]) >= len(PHONE_SAMPLES[0]):
        return _call("phones", *lengths)
    if not distinct and (item.type == "text" or last in PROSE):
        return _call("sentences", *lengths)
    return _call("texts", f"words.{bases}", *lengths, names=(WORDS,))


def _bound(item: Field, scale: int, low: int, high: int) -> tuple[int, int]:
    """The first and the last number that the bounds allow, in units of the last digit."""

    def units(bound: Decimal, rounding: str) -> int:
        scaled = bound.scaleb(scale, context=WIDE)
        return int(scaled.to_integral_value(rounding, context=WIDE))

    if item.ge is not None:
        low = max(low, units(item.ge, ROUND_CEILING))
    if item.gt is not None:
        low = max(low, units(item.gt, ROUND_FLOOR) + 1)
    if item.le is not None:
        high = min(high, units(item.le, ROUND_FLOOR))
    if item.lt is not None:
        high = min(high, units(item.lt, ROUND_CEILING) - 1)
    return low, high


def _range(item: Field, scale: int, low: int, high: int) -> tuple[str, str, str]:
    """The first number, the last that is usual, and the last of all."""
    low, high = _bound(item, scale, low, high)
    first, last = RANGES.get(last_word(item.name), USUAL)
    first, last = first * 10**scale, last * 10**scale
    start = first if low <= first <= high else low
    end = min(high, last if last >= start else start + 1000 * 10**scale)
    return str(start), str(end), str(high)


def _integer(item: Field) -> Code:
    grammar = TYPES[item.type].grammar
    return _call("integers", *_range(item, 0, grammar.lowest or 0, grammar.highest or 0))


def _decimal(item: Field) -> Code:
    scale, most = item.scale or 0, 10 ** (item.precision or 1) - 1
    return _call("decimals", *_range(item, scale, -most, most), str(scale))


def _float(item: Field) -> Code:
    return _call("floats", *map(py, float_range(item, 1000.0)))


def _date(item: Field) -> Code:
    born = "born" in item.name or "birth" in item.name
    return _call("days", *(("20", "50") if born else ("0", "5")))


def _slug(item: Field, resource: str) -> Code:
    longest = item.max_length or 100
    if longest < NUMBER + SHORT:
        return _shaped(string.ascii_lowercase, item, 8)
    return _call("slugs", f"words.{words_for(item, resource)}", str(longest), names=(WORDS,))


def _within(name: str, root: str, fallback: str) -> Callable[[Field], Code]:
    """The domain of that name where there is room for more than its root, else one value."""

    def make(item: Field) -> Code:
        longest = item.max_length or 254
        if longest < len(root) + NUMBER + SHORT:
            return _call("choices", py([fallback]))
        return _call(name, str(longest))

    return make


def _bytes(item: Field) -> Code:
    return _call("blobs", str(max(item.min_length or 0, min(item.max_length or 16, 16))))


def _plain(name: str) -> Callable[[Field], Code]:
    return lambda _: _call(name)


BY_TYPE: dict[str, Callable[[Field], Code]] = {
    "smallint": _integer,
    "int": _integer,
    "bigint": _integer,
    "float": _float,
    "decimal": _decimal,
    "bool": lambda _: _call("choices", "[False, True]"),
    "date": _date,
    "time": _plain("times"),
    "datetime": _plain("instants"),
    "duration": _plain("durations"),
    "uuid": _plain("uuids"),
    "json": _plain("documents"),
    "bytes": _bytes,
    "email": _within("emails", "@example.com", "a@b.co"),
    "url": _within("urls", "https://example.com/", "http://a.co/"),
    "ip": lambda item: _call("addresses", str(item.max_length or 45)),
}
"""Spec type to the domain of its values, texts and enums aside."""
