"""One field: from what was said of it, on one line or in the long form, to its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.errors import quoted
from generator.spec import patterns, shapes
from generator.spec.defaults import read_default
from generator.spec.expressions import BOUNDS, FLAGS, field_line, type_expression
from generator.spec.grammar import TypeGrammar
from generator.spec.model import Default, Field
from generator.spec.report import Path, Report, Said
from generator.spec.sizes import Sized
from generator.spec.source import Broken, Node, Scalar
from generator.spec.source import Mapping as MappingNode
from generator.spec.values import number
from generator.spec.vocabulary import TYPE_SYNONYMS, UNKNOWN, Vocabulary

ID_TYPES = ("uuid", "int", "bigint", "string")
_MOST = 16 * 1024 * 1024
_MOST_ITEMS = 10_000
_USUAL_COLUMN = 255


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


def table_name(node: Node, path: Path, report: Report) -> str | None:
    """The name of a table, in which a dot would part a schema from it."""
    word = sql_name(node, path, report)
    if word is not None and "." in word:
        report.at("bad-name", path, "a table's name has no dot: its schema can't be named")
        return None
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
    said = said_of(node, path, report, vocabulary)
    if said is None:
        return Field(name=name, type=UNKNOWN, column=name)
    for key, value in said.items():
        report.put((*path, key), value.place, value.path)
    return _Builder(said, path, report, name, vocabulary).build()


def said_of(
    node: Node, path: Path, report: Report, vocabulary: Vocabulary
) -> dict[str, Said] | None:
    """What a node says of a field, whichever form it has; None if not even its type."""
    if isinstance(node, Scalar) and shapes.text(node, path, report) is not None:
        return field_line(node, path, report, vocabulary.is_near)
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
class _Builder(Sized):
    """Turns what was said of one field into its value, reporting what cannot be."""

    name: str
    vocabulary: Vocabulary

    def build(self) -> Field:
        field = self._typed(self._bare())
        if field.type == UNKNOWN:
            return field
        grammar = self.vocabulary.grammar(field)
        field = self._bounded(self.sized(field, grammar), grammar)
        field = replace(field, pattern=self._pattern(grammar))
        if "default" in self.said:
            field = replace(field, default=self._value("default", field, grammar))
        if "example" in self.said and (example := self._value("example", field, grammar)):
            field = replace(field, example=example.value)
        return field

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
            return replace(field, type="enum", enum=word, max_length=self._longest(word))
        if word in self.vocabulary.resources:
            message = (
                f"{quoted(word)} is a resource: a field of it is a relation, belongs_to {word}"
            )
            self.wrong("type", "unknown-type", message)
            return field
        self._unknown_type(word)
        return field

    def _longest(self, enum: str) -> int | None:
        """The length of the enum's longest value where a usual column is too short for it."""
        longest = max((len(one.value) for one in self.vocabulary.enums[enum].members), default=0)
        return longest if longest > _USUAL_COLUMN else None

    def _unknown_type(self, word: str) -> None:
        known = TYPE_SYNONYMS.get(word.lower())
        if known in self.vocabulary.types:
            self.wrong("type", "unknown-type", f"no type or enum {quoted(word)}", known)
            return
        names = self.vocabulary.names()
        self.report.unknown("unknown-type", self.said["type"], "type or enum", names)

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
        if _nothing_between(field):
            return None
        return read_default(node, field, self.vocabulary, (*self.path, key), self.report)


def _nothing_between(field: Field) -> bool:
    """Whether the bounds leave no value, which is reported as such."""
    lows = [bound for bound in (field.ge, field.gt) if bound is not None]
    highs = [bound for bound in (field.le, field.lt) if bound is not None]
    return bool(lows and highs and max(lows) > min(highs))


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
    kept: dict[str, Said] = {
        key: said[key] for key in ("type", "arguments", "pattern") if key in said
    }
    return _Builder(kept, path, report, "id", vocabulary).build()
