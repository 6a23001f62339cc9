"""Lengths and digits of a field: the arguments of its type, or the keys of the long form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.spec.grammar import TypeGrammar
from generator.spec.model import Field
from generator.spec.report import Path, Report, Said

SIZES = ("min_length", "max_length", "precision", "scale")

_SIZES: dict[str, tuple[str, ...]] = {
    "none": (),
    "length": ("min_length", "max_length"),
    "max": ("max_length",),
    "decimal": ("precision", "scale"),
}
_ARGUMENTS: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {
    "none": {},
    "length": {
        ("#",): ("max_length",),
        ("#", ".."): ("min_length",),
        ("#", "..", "#"): ("min_length", "max_length"),
    },
    "max": {("#",): ("max_length",)},
    "decimal": {("#", ",", "#"): ("precision", "scale")},
}
_ARGUMENTS_MEANT = {
    "none": "this type takes no arguments",
    "length": "expected (max), (min..) or (min..max)",
    "max": "expected (max)",
    "decimal": "expected (precision, scale), both whole numbers",
}


@dataclass
class Sized:
    """What was said of one field, and the part of its reading that is about sizes."""

    said: Mapping[str, Said]
    path: Path
    report: Report

    def value(self, key: str) -> Any:
        """What was said under a key; None if nothing was."""
        return self.said[key].value if key in self.said else None

    def wrong(self, key: str, code: str, message: str, suggestion: str | None = None) -> None:
        """Reports a problem with what was said under a key."""
        said = self.said[key]
        self.report.here(code, said.place, said.path, message, suggestion)

    def sized(self, field: Field, grammar: TypeGrammar) -> Field:
        """The field with its lengths or digits, said or not; what is wrong is reported."""
        keys = [key for key in SIZES if key in self.said]
        if "arguments" in self.said:
            sizes = self._arguments(grammar)
            for key in keys:
                self.wrong(key, "duplicate-value", f"{key} says what the type says")
        else:
            sizes = {key: self.value(key) for key in keys}
        if sizes is None or not self._fits_type(sizes, grammar):
            sizes = None
        return self._resolved(field, grammar, sizes)

    def _fits_type(self, sizes: Mapping[str, Any], grammar: TypeGrammar) -> bool:
        allowed = _SIZES[grammar.arguments]
        wrong = [key for key in sizes if key not in allowed and "arguments" not in self.said]
        for key in wrong:
            self.wrong(key, "not-applicable", f"{grammar.name} has no {key}")
        unread = any(self.report.said((*self.path, key)) for key in allowed if key not in sizes)
        if grammar.arguments == "decimal" and not wrong and not unread and len(sizes) < 2:  # noqa: PLR2004
            key = "type" if not sizes else next(iter(sizes))
            message = "decimal needs its digits in all and behind the point"
            self.wrong(key, "bad-argument", message, "decimal(10, 2)")
            return False
        return not wrong and not unread

    def _resolved(
        self, field: Field, grammar: TypeGrammar, sizes: Mapping[str, Any] | None
    ) -> Field:
        """The field with its lengths or digits; loose where what was said of them is wrong."""
        if grammar.arguments == "decimal":
            return replace(field, **self._digits(sizes)) if sizes is not None else field
        if grammar.arguments == "none":
            return field
        low = (sizes or {}).get("min_length", grammar.default_min)
        high = (sizes or {}).get("max_length", grammar.default_max)
        if "max_length" not in (sizes or {}) and low and high and low > high:
            high = grammar.longest
        if sizes is None or not self._length_holds(low, high, grammar):
            return replace(field, min_length=None, max_length=None)
        return replace(field, min_length=low, max_length=high)

    def _length_holds(self, low: int | None, high: int | None, grammar: TypeGrammar) -> bool:
        key = next((k for k in ("arguments", "max_length", "min_length") if k in self.said), "type")
        longest = grammar.longest
        if longest is not None and max(low or 0, high or 0) > longest:
            self.wrong(key, "bad-argument", f"{grammar.name} has a length of at most {longest:,}")
            return False
        if low is not None and high is not None and low > high:
            message = f"no {grammar.name} has at least {low} and at most {high}"
            self.wrong(key, "contradiction", message)
            return False
        return True

    def _digits(self, sizes: Mapping[str, Any]) -> dict[str, Any]:
        precision, scale = sizes["precision"], sizes["scale"]
        if scale > precision:
            key = "arguments" if "arguments" in self.said else "scale"
            message = f"{scale} digits behind the point are more than the {precision} in all"
            self.wrong(key, "contradiction", message)
            return {}
        return {"precision": precision, "scale": scale}

    def _arguments(self, grammar: TypeGrammar) -> dict[str, int] | None:
        said = self.said["arguments"]
        pieces: Any = said.value
        words = tuple("#" if text.isdecimal() and text.isascii() else text for text, _ in pieces)
        keys = _ARGUMENTS[grammar.arguments].get(words)
        if keys is None:
            self.wrong("arguments", "bad-argument", _ARGUMENTS_MEANT[grammar.arguments])
            return None
        numbers = [(text, place) for text, place in pieces if text.isdecimal()]
        for text, place in numbers:
            if len(text) > 9:  # noqa: PLR2004 - beyond any length
                self.report.here("bad-argument", place, said.path, "too large a number")
                return None
        values = dict(zip(keys, (int(text) for text, _ in numbers), strict=True))
        return values if self._sane(values) else None

    def _sane(self, values: Mapping[str, int]) -> bool:
        if values.get("max_length") == 0 or values.get("precision") == 0:
            self.wrong("arguments", "bad-argument", "at least 1")
            return False
        if values.get("precision", 0) > 38:  # noqa: PLR2004 - the most that all engines hold
            self.wrong("arguments", "bad-argument", "a decimal has at most 38 digits")
            return False
        return True
