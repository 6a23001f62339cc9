"""Text and grammar to a Spec, or every mistake in the text with its place.

The stages: YAML to nodes, nodes to values with their places remembered, relations to both their
sides, and then the rules, each over the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.errors import SpecError
from generator.spec import header, shapes, switches
from generator.spec.check import check
from generator.spec.compose import compose
from generator.spec.finish import finished
from generator.spec.grammar import Grammar
from generator.spec.model import Api, Auth, Feature, Service, Spec
from generator.spec.report import Report
from generator.spec.resolve import World, resolve
from generator.spec.resources import (
    Drawn,
    read_resource,
    read_user,
    unreadable_relations,
    user_resource,
)
from generator.spec.source import MAX_BYTES, Broken, Node, Place, Source
from generator.spec.vocabulary import Vocabulary

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def load(text: str | bytes, grammar: Grammar, *, file: str = "service.yaml") -> Spec:
    """What a spec means: every shorthand spelled out, every default filled in.

    Raises SpecError with every problem of the text, in its order.
    """
    source, report = _open(text, file)
    root = compose(source.text, report.here)
    if root is not None and not isinstance(root, Broken):
        spec = _read(root, grammar, report)
        check(spec, grammar, report)
    elif not report.problems:
        report.at("missing-key", (), "an empty file: a spec starts with `scaffold: 1`")
    if report.problems:
        raise SpecError(sorted(report.problems, key=lambda p: (p.line, p.column, p.code)))
    return spec


def _open(text: str | bytes, file: str) -> tuple[Source, Report]:
    """The text as a source. Raises SpecError where it is too large or not UTF-8."""
    try:
        data = text if isinstance(text, bytes) else text.encode()
        found = data.decode("utf-8")
    except UnicodeError as error:
        raise _unreadable(file, f"not UTF-8: {error.reason}, byte {error.start}") from error  # type: ignore[attr-defined]
    if len(data) > MAX_BYTES:
        raise _unreadable(file, "a spec has at most 1 MiB")
    source = Source(found.removeprefix(_BOM), file)
    return source, Report(source)


def _unreadable(file: str, message: str) -> SpecError:
    report = Report(Source("", file))
    report.here("yaml", Place(0, 0), (), message)
    return SpecError(report.problems)


def _node(node: Node, _path: object, _report: Report) -> Node:
    return node


@dataclass(frozen=True, slots=True)
class _Page:
    """What the keys of the root hold."""

    values: Mapping[str, Any]
    grammar: Grammar
    report: Report

    def node(self, key: str) -> Node | None:
        """A key's node, to be read once all names are known."""
        found: Node | None = self.values.get(key)
        return found

    def vocabulary(self, spec: Spec) -> Vocabulary:
        """What fields may refer to."""
        types = {row.name: row for row in self.grammar.types if row.family != "enum"}
        enums = {enum.name: enum for enum in spec.enums}
        names = [entry.key.text for entry in getattr(self.node("resources"), "entries", ())]
        return Vocabulary(types, enums, tuple(names), spec.auth.roles if spec.auth else None)


def _read(root: Node, grammar: Grammar, report: Report) -> Spec:
    values = shapes.mapping(root, (), report, _readers(grammar), required=("scaffold", "service"))
    page = _Page(values, grammar, report)
    auth = values.get("auth", Auth())
    auth = None if auth is _NO_AUTH else auth
    spec = Spec(
        service=values.get("service", Service(name="service", title="Service")),
        database=values.get("database", "sqlite"),
        api=values.get("api", Api()),
        auth=auth,
        features=_features(values, report, grammar),
        enums=values.get("enums", ()),
    )
    return _with_resources(spec, page)


_NO_AUTH = object()


def _features(values: Mapping[str, Any], report: Report, grammar: Grammar) -> tuple[Feature, ...]:
    """The features that are on; those that are on by themselves where the spec names none."""
    nothing = Broken(Place(0, 0))
    found: tuple[Feature, ...] | None = values.get("features")
    return switches.features(nothing, ("features",), report, grammar) if found is None else found


def _readers(grammar: Grammar) -> dict[str, Any]:
    return {
        "scaffold": header.version,
        "service": header.service,
        "database": header.database,
        "api": header.api,
        "auth": lambda n, p, r: header.auth(n, p, r, grammar) or _NO_AUTH,
        "features": lambda n, p, r: switches.features(n, p, r, grammar),
        "enums": header.enums,
        "resources": _node,
    }


def _with_resources(spec: Spec, page: _Page) -> Spec:
    node = page.node("resources")
    found = shapes.entries(node, ("resources",), page.report) if node is not None else []
    vocabulary = page.vocabulary(spec)
    drawn: list[Drawn] = []
    for key, value in found or []:
        read = read_user if key.text == "user" and spec.auth else read_resource
        drawn.append(read(key, value, page.report, vocabulary))
    if spec.auth and not any(one.resource.name == "user" for one in drawn):
        drawn.append(Drawn(user_resource(), {}, {}))
    return _resolved(spec, drawn, page)


def _resolved(spec: Spec, drawn: list[Drawn], page: _Page) -> Spec:
    world = World(
        drafts={draft.key: draft for one in drawn for draft in one.drafts.values()},
        tables={one.resource.name: one.resource.table for one in drawn},
        broken=frozenset(unreadable_relations(drawn)),
        report=page.report,
    )
    relations = resolve(world)
    done = [finished(one, relations[one.resource.name], spec, page.grammar) for one in drawn]
    user = next((one for one in done if one.name == "user" and spec.auth), None)
    return replace(spec, resources=tuple(one for one in done if one is not user), user=user)
