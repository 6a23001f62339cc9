"""One field: from what was said of it, on one line or in the long form, to its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.errors import quoted
from generator.spec import patterns, shapes
from generator.spec.defaults import number, read_default
from generator.spec.expressions import BOUNDS, FLAGS, field_line, type_expression
from generator.spec.grammar import TypeGrammar
from generator.spec.model import Default, EnumType, Field
from generator.spec.report import Path, Report, Said
from generator.spec.source import Broken, Node, Scalar
from generator.spec.source import Mapping as MappingNode

UNKNOWN = "?"
"""The type of a field, or the target of a relation, that could not be told: checks pass it by."""

ID_TYPES = ("uuid", "int", "bigint", "string")
_MOST = 16 * 1024 * 1024
_MOST_ITEMS = 10_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a field may refer to: the types, the enums, and the names of the resources."""

    types: Mapping[str, TypeGrammar]
    enums: Mapping[str, EnumType]
    resources: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """Every word that a field may start with."""
        return [*self.types, *self.enums]

    def grammar(self, field: Field) -> TypeGrammar:
        """The row of a field's type."""
        return self.types.get(field.type, ENUM)


ENUM = TypeGrammar(name="enum", family="enum")


def _node(node: Node, _path: Path, _report: Report) -> Node:
    return node


def _scalar(node: Node, path: Path, report: Report) -> Scalar | None:
    return (
        node if shapes.text(node, path, report) is not None and isinstance(node, Scalar) else None
    )


def _number(node: Node, path: Path, report: Report) -> str | None:
    if isinstance(node, Scalar) and node.plain and number(node.text) is not None:
        return node.text
    shapes.expected(node, path, report, "a number")
    return None


def sql_name(node: Node, path: Path, report: Report) -> str | None:
    """A name in a database that was there before: any text without control characters."""
    word = shapes.text(node, path, report)
    if word is not None and not (0 < len(word) <= 63 and word.isprintable()):  # noqa: PLR2004
        report.at("bad-name", path, "a name in a database has 1 to 63 printable characters")
    return word


LONG_FORM: dict[str, Callable[[Node, Path, Report], Any]] = {
    "type": _scalar,
    "nullable": shapes.flag,
    **dict.fromkeys(FLAGS, shapes.flag),
    "default": _node,
    "min_length": shapes.integer(0, _MOST),
    "max_length": shapes.integer(1, _MOST),
    **dict.fromkeys(BOUNDS.values(), _number),
    "pattern": _scalar,
    "precision": shapes.integer(1, 38),
    "scale": shapes.integer(0, 38),
    "min_items": shapes.integer(0, _MOST_ITEMS),
    "max_items": shapes.integer(1, _MOST_ITEMS),
    "from": shapes.name,
    "column": sql_name,
    "description": shapes.text,
    "example": _node,
    "renamed_from": shapes.name,
}
"""The keys of the long form, each with its reader."""


def read_field(name: str, node: Node, path: Path, report: Report, vocabulary: Vocabulary) -> Field:
    """The field, its type UNKNOWN where that cannot be told; what is wrong is reported."""
    said = said_of(node, path, report)
    if said is None:
        return Field(name=name, type=UNKNOWN, column=name)
    for key, value in said.items():
        report.put((*path, key), value.place, value.path)
    return _Builder(name, said, path, report, vocabulary).build()


def said_of(node: Node, path: Path, report: Report) -> dict[str, Said] | None:
    """What a node says of a field, whichever form it has; None if not even its type."""
    if isinstance(node, Scalar) and shapes.text(node, path, report) is not None:
        return field_line(node, path, report)
    if isinstance(node, MappingNode):
        return _long_form(node, path, report)
    if not isinstance(node, Scalar):
        shapes.expected(node, path, report, "a field: one line of text, or a mapping")
    return None


def _long_form(node: MappingNode, path: Path, report: Report) -> dict[str, Said] | None:
    values = shapes.mapping(node, path, report, LONG_FORM, required=("type",))
    kind = values.pop("type", None)
    said = type_expression(kind, (*path, "type"), report) if kind is not None else None
    for key, value in values.items():
        place, shown = report.find((*path, key))
        if said is not None and key in said:
            report.at("duplicate-value", (*path, key), f"{key} says what the type says")
        elif said is not None and value is not False:
            said[key] = Said(value, place, shown)
    return said


@dataclass
class _Builder:
    """Turns what was said of one field into its value, reporting what cannot be."""

    name: str
    said: Mapping[str, Said]
    path: Path
    report: Report
    vocabulary: Vocabulary

    def build(self) -> Field:
        field = self._typed(self._bare())
        if field.type == UNKNOWN:
            return field
        grammar = self.vocabulary.grammar(field)
        field = self._bounded(self._sized(field, grammar), grammar)
        field = replace(field, pattern=self._pattern(grammar))
        if "default" in self.said:
            field = replace(field, default=self._value("default", field, grammar))
        if "example" in self.said and (example := self._value("example", field, grammar)):
            field = replace(field, example=example.value)
        return field

    def value(self, key: str) -> Any:
        """What was said under a key; None if nothing was."""
        return self.said[key].value if key in self.said else None

    def wrong(self, key: str, code: str, message: str, suggestion: str | None = None) -> None:
        said = self.said[key]
        self.report.here(code, said.place, said.path, message, suggestion)

    def _bare(self) -> Field:
        flags: dict[str, Any] = {
            flag: bool(self.value(flag)) for flag in ("nullable", "is_list", *FLAGS)
        }
        return Field(
            name=self.name,
            type=UNKNOWN,
            source=self.value("from"),
            column=self.value("column") or self.name,
            description=self.value("description") or "",
            renamed_from=self.value("renamed_from"),
            min_items=self.value("min_items"),
            max_items=self.value("max_items"),
            **flags,
        )

    def _typed(self, field: Field) -> Field:
        word = str(self.value("type"))
        if word in self.vocabulary.types:
            return replace(field, type=word)
        if word in self.vocabulary.enums:
            return replace(field, type="enum", enum=word)
        if word in self.vocabulary.resources:
            message = (
                f"{quoted(word)} is a resource: a field of it is a relation, belongs_to {word}"
            )
            self.wrong("type", "unknown-type", message)
            return field
        self._unknown_type(word)
        return field

    def _unknown_type(self, word: str) -> None:
        known = TYPE_SYNONYMS.get(word.lower())
        if known in self.vocabulary.types:
            self.wrong("type", "unknown-type", f"no type or enum {quoted(word)}", known)
            return
        names = self.vocabulary.names()
        self.report.unknown("unknown-type", self.said["type"], "type or enum", names)

    def _sized(self, field: Field, grammar: TypeGrammar) -> Field:
        if "arguments" in self.said:
            sizes = self._arguments(grammar)
        else:
            keys = ("min_length", "max_length", "precision", "scale")
            sizes = {key: self.value(key) for key in keys if key in self.said}
        if sizes is None or not self._fits_type(sizes, grammar):
            sizes = None
        return self._resolved(field, grammar, sizes)

    def _fits_type(self, sizes: Mapping[str, Any], grammar: TypeGrammar) -> bool:
        allowed = _SIZES[grammar.arguments]
        wrong = [key for key in sizes if key not in allowed and key in self.said]
        for key in wrong:
            self.wrong(key, "not-applicable", f"{grammar.name} has no {key}")
        if grammar.arguments == "decimal" and not wrong and len(sizes) < len(allowed):
            key = "type" if not sizes else next(iter(sizes))
            message = "decimal needs its digits in all and behind the point"
            self.wrong(key, "bad-argument", message, "decimal(10, 2)")
            return False
        return not wrong

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

    def _bounded(self, field: Field, grammar: TypeGrammar) -> Field:
        bounds: dict[str, Any] = {}
        for key in BOUNDS.values():
            if key in self.said and (bound := self._bound(key, field, grammar)) is not None:
                bounds[key] = bound
        return replace(field, **bounds)

    def _bound(self, key: str, field: Field, grammar: TypeGrammar) -> Decimal | None:
        if not grammar.bounds:
            message = f"bounds are for numbers, and {field.enum or field.type} is none"
            self.wrong(key, "not-applicable", message)
            return None
        value = number(str(self.value(key)))
        if value is None or (grammar.family == "float" and abs(float(value)) == float("inf")):
            self.wrong(key, "bad-value", "too large a number")
            return None
        if grammar.family == "integer" and value != value.to_integral_value():
            self.wrong(key, "bad-value", f"a bound of {field.type} is a whole number")
            return None
        return value

    def _pattern(self, grammar: TypeGrammar) -> str | None:
        if "pattern" not in self.said:
            return None
        if not grammar.pattern:
            self.wrong("pattern", "not-applicable", f"{grammar.name} takes no pattern")
            return None
        scalar = self.value("pattern")
        fault = patterns.fault(scalar.text)
        if fault is None:
            return str(scalar.text).replace("\\/", "/")
        end = min(fault.end, len(scalar.text))
        place = scalar.part(min(fault.start, end), end)
        self.report.here("bad-pattern", place, self.said["pattern"].path, fault.message)
        return None

    def _value(self, key: str, field: Field, grammar: TypeGrammar) -> Default | None:
        node = self.value(key)
        if node is None or isinstance(node, Broken):
            return None
        enums = self.vocabulary.enums
        if field.type == "enum" and not enums[field.enum or ""].members:
            return None
        if "pattern" in self.said and field.pattern is None:
            return None
        if grammar.arguments == "decimal" and field.precision is None:
            return None
        return read_default(node, field, grammar, enums, (*self.path, key), self.report)


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

TYPE_SYNONYMS = {
    "str": "string",
    "varchar": "string",
    "char": "string",
    "integer": "int",
    "number": "int",
    "long": "bigint",
    "boolean": "bool",
    "double": "float",
    "real": "float",
    "numeric": "decimal",
    "money": "decimal",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "interval": "duration",
    "timedelta": "duration",
    "object": "json",
    "jsonb": "json",
    "dict": "json",
    "blob": "bytes",
    "binary": "bytes",
    "guid": "uuid",
    "uri": "url",
    "inet": "ip",
}
"""What other systems call our types."""


def read_id(node: Node, path: Path, report: Report, vocabulary: Vocabulary) -> Field:
    """The primary key: a type, and for a string its length and pattern."""
    word = shapes.text(node, path, report)
    said = field_line(node, path, report) if isinstance(node, Scalar) and word else None
    if said is None:
        return Field(name="id", type=UNKNOWN, column="id")
    kind = said["type"]
    if kind.value not in ID_TYPES:
        report.unknown("unknown-word", kind, "type of id", ID_TYPES)
        return Field(name="id", type=UNKNOWN, column="id")
    for key in [key for key in said if key not in ("type", "arguments", "pattern")]:
        report.here("contradiction", said[key].place, path, "an id has a type and no modifiers")
    kept: dict[str, Said] = {key: said[key] for key in ("type", "arguments", "pattern") if key in said}
    return _Builder("id", kept, path, report, vocabulary).build()
