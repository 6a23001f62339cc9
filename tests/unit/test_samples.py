"""What the factories of a generated project make: valid values that differ, thousands of them."""

from __future__ import annotations

import re

import pytest

from generator.spec.model import Field
from generator.views.code import Enums
from generator.views.samples import key_sample, missing_key, sample

ROWS = range(1, 5000)
PATTERNS = (
    "^[0-9]{13}$",
    "^[A-Z]{2}-[0-9]{4}$",
    "^[A-Z]{5}$",
    "^[a-z]+/[a-z0-9.+-]+$",
    "^#[0-9a-f]{6}$",
    r"^\+[1-9][0-9]{6,14}$",
    r"^\d{2}:\d{2}$",
    r'^"[0-9]{5}"$',
    r"^\{[0-9]{5}\}\\$",
    "^[A-Z]{3}[0-9]$",
    "^(north|south)-[0-9]{5}$",
)
TYPES = ("string", "text", "int", "date", "time", "datetime", "duration", "uuid", "email", "url")
OTHERS = ("slug", "ip", "bytes", "json", "float", "bigint", "smallint", "password")


def of_pattern(pattern: str) -> Field:
    return Field(name="code", type="string", pattern=pattern, max_length=60)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_of_a_pattern_never_repeat(pattern: str) -> None:
    made = sample(of_pattern(pattern), Enums())
    texts = [made.at(number) for number in ROWS]

    assert len(set(texts)) == len(texts)
    assert all(re.search(pattern, text) for text in texts)


@pytest.mark.parametrize("type_", TYPES + OTHERS)
def test_values_of_a_type_never_repeat(type_: str) -> None:
    made = sample(Field(name="value", type=type_), Enums())
    values = [repr(made.at(number)) for number in ROWS]

    assert len(set(values)) == len(values)


@pytest.mark.parametrize("pattern", ["^(a|b)$", "^[A-C]$", "^x?$"])
def test_of_a_handful_of_texts_each_fits(pattern: str) -> None:
    made = sample(of_pattern(pattern), Enums())
    assert all(re.search(pattern, made.at(number)) for number in range(100))


@pytest.mark.parametrize("pattern", [None, "^[A-Z]{2}$", "^[0-9]{3}$", "^[a-z]+-[a-z0-9]+$"])
def test_the_missing_key_is_that_of_no_row(pattern: str | None) -> None:
    item = Field(name="id", type="string", pattern=pattern, max_length=40)
    made = key_sample(item)

    keys = {made.at(number) for number in range(1, 600)}
    assert len(keys) == 599
    assert missing_key(item) not in keys
    assert pattern is None or re.search(pattern, missing_key(item))


@pytest.mark.parametrize(
    ("pattern", "expression"),
    [
        ("^[0-9]{13}$", 'f"{n:013d}"'),
        ("^[A-Z]{2}-[0-9]{4}$", 'f"AA-{n % 10000:04d}"'),
    ],
)
def test_the_expression_is_one_to_read(pattern: str, expression: str) -> None:
    assert sample(of_pattern(pattern), Enums()).expression == expression
