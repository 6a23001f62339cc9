"""Defaults and examples: their source text, read by the type of the field and never by YAML."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from generator.errors import quoted
from generator.spec.compose import compose
from generator.spec.expressions import FLAGS
from generator.spec.model import Default, Field
from generator.spec.report import Path, Report
from generator.spec.shapes import one_of, whole
from generator.spec.source import Broken, Items, Node, Place, Scalar, plain_kind
from generator.spec.source import Mapping as MappingNode
from generator.spec.values import Unreadable, check_value, number, read_value
from generator.spec.vocabulary import Vocabulary

FLOW_STARTS = ("[", "{", '"', "'")


def read_default(
    node: Node, field: Field, vocabulary: Vocabulary, path: Path, report: Report
) -> Default | None:
    """What a field holds when a client says nothing; None if it cannot be read, and reported.

    The words `now`, `today` and `uuid`, unquoted, are special for the types that know them.
    """
    grammar = vocabulary.grammar(field)
    node = _flow(node, path, report)
    if isinstance(node, Broken):
        return None
    if isinstance(node, Scalar) and node.plain:
        if node.text in grammar.default_words and not field.is_list:
            return Default(kind=node.text)  # type: ignore[arg-type]
        if node.text == "null" and field.type != "json":
            return _null(node, field, path, report)
    try:
        return Default(kind="value", value=_read(node, field, vocabulary))
    except _WrongError as wrong:
        place, shown = report.find(path)
        at = wrong.place if shown == path or wrong.place != node.place else place
        report.here("bad-default", at, shown, str(wrong))
    return None


class _WrongError(ValueError):
    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


def _null(node: Scalar, field: Field, path: Path, report: Report) -> Default | None:
    if field.nullable:
        return Default(kind="value", value=None)
    shown = report.find(path)[1]
    message = "null as the default of a field that can't be null; add ? or quote the word"
    report.here("bad-default", node.place, shown, message)
    return None


def _flow(node: Node, path: Path, report: Report) -> Node:
    """The default of one line, still text, as YAML where it is quoted, a list or a mapping."""
    if not isinstance(node, Scalar) or not node.plain or not node.text.startswith(FLOW_STARTS):
        return node
    shown = report.find(path)[1]

    def complain(code: str, place: Place, _path: Path, message: str) -> None:
        code = "bad-default" if code == "yaml" else code
        report.here(code, place, shown, message)

    found = len(report.problems)
    inner = compose(node.text, complain, node.offsets)
    return inner if inner is not None and len(report.problems) == found else Broken(node.place)


def _read(node: Node, field: Field, vocabulary: Vocabulary) -> Any:
    if field.is_list:
        return _read_list(node, field, vocabulary)
    if field.type == "json":
        return _json(node)
    if not isinstance(node, Scalar):
        raise _WrongError(f"expected {_article(field)}; text that looks so is quoted", node.place)
    try:
        if field.type == "enum":
            return _member(node, field, vocabulary)
        value = read_value(node, field)
        check_value(value, field, vocabulary.grammar(field))
    except Unreadable as wrong:
        message = f"{quoted(node.text)} is {wrong}{_behind(node)}"
        raise _WrongError(message, node.place) from None
    return value


def _behind(node: Scalar) -> str:
    """A hint, where the default ends in a word that stands before one."""
    _, _, last = node.text.rpartition(" ")
    return f"; {last} stands before the =" if node.plain and last in FLAGS else ""


def _read_list(node: Node, field: Field, vocabulary: Vocabulary) -> tuple[Any, ...]:
    if not isinstance(node, Items):
        raise _WrongError("expected a list, [a, b]", node.place)
    low, high = field.min_items or 0, field.max_items
    if len(node.items) < low or (high is not None and len(node.items) > high):
        raise _WrongError(f"{len(node.items)} items are too few or too many", node.place)
    element = replace(field, is_list=False)
    for item in node.items:
        if isinstance(item, Scalar) and item.plain and item.text == "null" and field.type != "json":
            raise _WrongError("elements of a list are never null; quote the word", item.place)
    return tuple(_read(item, element, vocabulary) for item in node.items)


def _member(node: Scalar, field: Field, vocabulary: Vocabulary) -> str:
    members = [member.value for member in vocabulary.enums[field.enum or ""].members]
    if node.text not in members:
        raise Unreadable(f"no member of {field.enum}: {one_of(members)}")
    return node.text


def _article(field: Field) -> str:
    return f"one {field.enum or field.type}"


_JSON_WORDS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": whole,
    "float": lambda text: float(text) if number(text) is not None else math.nan,
    "text": lambda text: text,
}


def _json(node: Node) -> Any:
    """The value of a JSON field, as YAML 1.2's core schema reads it."""
    match node:
        case Items():
            return [_json(item) for item in node.items]
        case MappingNode():
            return {entry.key.text: _json(entry.value) for entry in node.entries}
        case Scalar():
            value = _JSON_WORDS[plain_kind(node)](node.text)
            if isinstance(value, float) and not math.isfinite(value):
                raise _WrongError("JSON has no such number", node.place)
            return value
    raise _WrongError("no JSON", node.place)
