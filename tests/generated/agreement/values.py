"""Values for a JSON Schema, seeded: a few that come again and again, many at some bound, and wrong
ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial
from random import Random
from typing import Any

import rstr

from generated.agreement.document import Schema
from generated.agreement.pools import DOCUMENTS, FORMATS, INTEGERS, NUMBERS, SPECIAL, TEXTS, WRONG

FREE = r"^[^\x00]*$"
"""The pattern of a text that may be any."""
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
LONGEST = 5000
"""Characters of the longest text that is tried at its bound."""


class Values:
    """Draws values; `resolve` follows the references of a document, and what is `given` is never
    left out of an object.
    """

    def __init__(
        self, random: Random, resolve: Callable[[Schema], Schema], given: Collection[str]
    ) -> None:
        self._random = random
        self._resolve = resolve
        self._given = given
        self._rstr = rstr.Rstr(random)

    def wrong(self) -> object:
        """What a field hardly takes."""
        return self._random.choice(WRONG)

    def valid(self, schema: Schema) -> Any:
        """A value that the schema takes, as far as it can be told."""
        schema = self._resolve(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._random.choice(schema["enum"])
        if "anyOf" in schema:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            return self.valid({**rest, **self._resolve(self._random.choice(schema["anyOf"]))})
        return self._of_type(schema)

    def _of_type(self, schema: Schema) -> Any:
        draw: dict[str, Callable[[Schema], Any]] = {
            "string": self._string,
            "integer": partial(self._number, INTEGERS),
            "number": partial(self._number, NUMBERS),
            "boolean": lambda _: self._random.random() < 0.5,
            "array": self._array,
            "object": self._object,
            "null": lambda _: None,
        }
        kind = schema.get("type")
        return draw[kind](schema) if isinstance(kind, str) else self._random.choice(DOCUMENTS)

    def _object(self, schema: Schema) -> dict[str, object]:
        required = schema.get("required", ())
        return {
            name: self.valid(inner)
            for name, inner in schema.get("properties", {}).items()
            if name in required or name in self._given or self._random.random() < 0.6
        }

    def _array(self, schema: Schema) -> list[object]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", 4)
        length = self._random.randint(least, min(most, least + 3))
        return [self.valid(schema["items"]) for _ in range(length)]

    def _number(self, usual: Sequence[float], schema: Schema) -> float:
        bounds = (schema[key] for key in BOUNDS if key in schema)
        nearby = [near for bound in bounds for near in (bound, bound + 1, bound - 1)]
        fitting: list[float] = [one for one in (*usual, *nearby) if fits(one, schema)]
        few = fitting[:5]
        return self._random.choice(few if self._random.random() < 0.5 else fitting)

    def _string(self, schema: Schema) -> str:
        if schema.get("format") in FORMATS and "pattern" not in schema:
            return self._random.choice(FORMATS[schema["format"]])
        pattern = schema.get("pattern", FREE)
        if pattern == FREE:
            return self._text(schema.get("minLength", 0), schema.get("maxLength", 100))
        least, most = schema.get("minLength", 0), schema.get("maxLength", LONGEST)
        known = [one for one in SPECIAL if least <= len(one) <= most and re.search(pattern, one)]
        if known and self._random.random() < 0.7:
            return self._random.choice(known)
        return self._of_form(pattern, least, most) or self._random.choice(known or [""])

    def _of_form(self, pattern: str, least: int, most: int) -> str:
        plain = re.sub(r"\(\?=[^)]*\)", "", pattern)
        for _ in range(200):
            made = self._rstr.xeger(plain)
            if least <= len(made) <= most and re.search(pattern, made):
                return made
        return ""

    def _text(self, least: int, most: int) -> str:
        text = self._random.choice(TEXTS)
        if self._random.random() < 0.25:
            text += self._random.choice(TEXTS)
        if self._random.random() < 0.05 and most <= LONGEST:
            text = (text or "x") * most
        return (text if len(text) >= least else text + "x" * (least - len(text)))[:most]


def fits(value: float, schema: Schema) -> bool:
    """Whether a number is within the bounds of a schema."""
    return (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
        and ("exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"])
        and ("exclusiveMaximum" not in schema or value < schema["exclusiveMaximum"])
    )
