"""The `features` of a spec, read by the grammar that the feature folders bring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import naming
from generator.errors import quoted
from generator.spec import shapes
from generator.spec.durations import duration
from generator.spec.grammar import FeatureGrammar, Grammar, OptionGrammar
from generator.spec.model import Feature
from generator.spec.report import Path, Report, Said, listed
from generator.spec.source import Mapping as MappingNode
from generator.spec.source import Node, Scalar, plain_kind

Value = str | int | float | bool


def features(node: Node, path: Path, report: Report, grammar: Grammar) -> tuple[Feature, ...]:
    """The features that are on: the said ones, and the default ones that nobody turned off."""
    known = {feature.name: feature for feature in grammar.features}
    said: dict[str, Feature | None] = {}
    for key, value in shapes.entries(node, path, report) or []:
        name = _known(key, path, report, grammar)
        if name is not None and name not in said:
            report.put((*path, name), shapes.value_place(key, value))
            said[name] = _feature(known[name], value, (*path, name), report)
    for name, feature in known.items():
        if feature.default_on:
            said.setdefault(name, _plain(feature))
    return tuple(said[name] for name in sorted(said) if said[name] is not None)  # type: ignore[misc]


def _known(key: Scalar, path: Path, report: Report, grammar: Grammar) -> str | None:
    """The feature that a key names or nearly names."""
    names = [feature.name for feature in grammar.features]
    if key.text in names:
        return key.text
    at = Said(key.text, key.place, (*path, key.text))
    if key.text in grammar.known_features:
        message = f"the feature {quoted(key.text)} is not in this version of the tool"
        report.here("unknown-feature", key.place, at.path, message)
        return None
    report.unknown("unknown-feature", at, "feature", names)
    return naming.nearest(key.text, names)


def _plain(grammar: FeatureGrammar) -> Feature:
    options = tuple(_defaults(grammar).items())
    return Feature(name=grammar.name, kind=_first(grammar), options=options)


def _first(grammar: FeatureGrammar) -> str:
    return grammar.kinds[0] if grammar.kinds else grammar.name


def _defaults(grammar: FeatureGrammar) -> dict[str, Value]:
    found = ((option.name, _default(option)) for option in grammar.options)
    return {name: value for name, value in found if value is not None}


def _default(option: OptionGrammar) -> Value | None:
    if option.type == "duration" and isinstance(option.default, str):
        found = duration(option.default)
        return found.total_seconds() if found is not None else None
    return option.default


def _feature(grammar: FeatureGrammar, node: Node, path: Path, report: Report) -> Feature | None:
    if isinstance(node, MappingNode):
        return _with_options(grammar, node, path, report)
    if isinstance(node, Scalar) and plain_kind(node) == "bool":
        return _plain(grammar) if node.text.lower() == "true" else None
    if isinstance(node, Scalar) and plain_kind(node) == "text" and grammar.kinds:
        kind = shapes.choice(grammar.kinds, f"kind of {grammar.name}")(node, path, report)
        plain = _plain(grammar)
        return Feature(name=plain.name, kind=kind or plain.kind, options=plain.options)
    words = listed(["true", "false", *grammar.kinds], "or")
    shapes.expected(node, path, report, f"{words}, or a mapping of options")
    return None


def _with_options(
    grammar: FeatureGrammar, node: MappingNode, path: Path, report: Report
) -> Feature:
    readers: dict[str, Any] = {option.name: _reader(option) for option in grammar.options}
    if grammar.kinds:
        readers["kind"] = shapes.choice(grammar.kinds, f"kind of {grammar.name}")
    values = shapes.mapping(node, path, report, readers)
    kind = values.pop("kind", _first(grammar))
    return Feature(
        name=grammar.name, kind=kind, options=tuple({**_defaults(grammar), **values}.items())
    )


def _reader(option: OptionGrammar) -> shapes.Reader[Any]:
    if option.choices:
        return shapes.choice(option.choices, option.name)
    readers: dict[str, shapes.Reader[Any]] = {
        "str": shapes.text,
        "int": shapes.integer(0, 2**31 - 1),
        "bool": shapes.flag,
        "duration": _seconds,
    }
    return readers[option.type]


def _seconds(node: Node, path: Path, report: Report) -> float | None:
    word = shapes.text(node, path, report)
    found = duration(word) if word is not None else None
    if word is not None and found is None:
        report.at("bad-value", path, f"{quoted(word)} is no duration, as 60s or 2h")
    return found.total_seconds() if found is not None else None


def unmet(grammar: Grammar, on: tuple[Feature, ...]) -> Iterator[tuple[str, Path, str]]:
    """Code, path and message for each feature that needs one that is off, or excludes one."""
    names = [feature.name for feature in on]
    for feature in grammar.features:
        if feature.name not in names:
            continue
        path: Path = ("features", feature.name)
        for other in feature.requires:
            if other not in names:
                message = f"{feature.name} needs {other}; add `{other}: true` to features"
                yield "feature-off", path, message
        for other in feature.conflicts:
            if other in names:
                yield "contradiction", path, f"{feature.name} and {other} exclude each other"
