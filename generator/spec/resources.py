"""One resource: its keys read, and what it leaves unsaid filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from generator import naming
from generator.errors import quoted
from generator.spec import shapes
from generator.spec.access import ADMIN, check_owner, read_access
from generator.spec.durations import duration
from generator.spec.fields import read_field, read_id, table_name
from generator.spec.model import (
    OWNER,
    Access,
    Check,
    Comparison,
    Field,
    IndexColumn,
    Operation,
    Resource,
)
from generator.spec.relations import Draft, read_relation
from generator.spec.report import Path, Report, Said
from generator.spec.source import Items, Node, Scalar, plain_kind
from generator.spec.source import Mapping as MappingNode
from generator.spec.vocabulary import Vocabulary

OPERATIONS: tuple[Operation, ...] = get_args(Operation)
UNSAID_OPERATIONS: tuple[Operation, ...] = ("list", "get", "create", "update", "delete")
EVENTS = ("created", "updated", "deleted")
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)

_CHECK = re.compile(r"\s*(\w+)\s*(<=|>=|!=|=|<|>)\s*(\w+)\s*\Z")
_SECONDS_IN_A_YEAR = 366 * 24 * 60 * 60
_WHAT_USERS_TAKE = "user takes fields and relations, and nothing else"
_UUID = Field(name="id", type="uuid", column="id")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A resource as it was written: relations still drafts, access as said, None unreadable."""

    resource: Resource
    drafts: Mapping[str, Draft]
    values: Mapping[str, Any]
    unreadable: bool = False


def unreadable_relations(drawn: Iterable[Drawn]) -> Iterable[str]:
    """The resources with a relation that could not be read."""
    return [one.resource.name for one in drawn if one.unreadable]


def user_resource() -> Resource:
    """The built-in resource of the people who sign in, before what a spec adds to it."""
    admin = (ADMIN,)
    access = Access(list=admin, get=admin, create=admin, update=admin, delete=admin)
    return Resource(
        name="user",
        plural="users",
        class_name="User",
        table="users",
        id=_UUID,
        access=access,
        built_in=True,
    )


def read_user(key: Scalar, node: Node, report: Report, vocabulary: Vocabulary) -> Drawn:
    """What a spec adds to the user: fields and relations, and nothing else."""
    path: Path = ("resources", "user")
    report.put(path, key.place)
    parts = _parts("user", vocabulary)
    others = _readers("user", vocabulary).keys() - parts.keys()
    added = shapes.without(others, node, path, report, _WHAT_USERS_TAKE)
    values = shapes.mapping(added, path, report, parts)
    fields, (drafts, unreadable) = values.get("fields", ()), values.get("relations", ({}, False))
    return Drawn(replace(user_resource(), fields=fields), drafts, {}, unreadable)


def read_resource(key: Scalar, node: Node, report: Report, vocabulary: Vocabulary) -> Drawn:
    """A resource of the spec's own."""
    name = key.text
    path: Path = ("resources", name)
    shapes.check_name(name, path, report, key.place)
    report.put(path, key.place)
    values = shapes.mapping(node, path, report, _readers(name, vocabulary))
    drafts, unreadable = values.pop("relations", ({}, False))
    created, updated = values.pop("timestamps", ("created_at", "updated_at"))
    plural = values.pop("plural", None) or naming.plural(name)
    owned = _owner_name(values.pop("owned", False))
    if not owned:
        check_owner(values.get("access", {}), (*path, "access"), report)
    if owned and vocabulary.roles is not None:
        drafts = _with_owner(name, owned, drafts, report)
    resource = Resource(
        name=name,
        plural=plural,
        class_name=naming.class_name(name),
        table=values.pop("table", None) or naming.shortened(plural),
        id=values.pop("id", _UUID),
        created_field=created,
        updated_field=updated,
        owned=owned,
        access=user_resource().access,
        cache_seconds=values.pop("cache", None),
        **{key: value for key, value in values.items() if key not in ("access", "filter", "sort")},
    )
    return Drawn(resource, drafts, values, unreadable)


def _owner_name(owned: bool | str) -> str | None:
    return OWNER if owned is True else owned or None


def _with_owner(
    resource: str, owner: str, drafts: Mapping[str, Draft], report: Report
) -> Mapping[str, Draft]:
    """The relations with the one that holds the owner, which the spec may leave to us."""
    path: Path = ("resources", resource, "relations", owner)
    if report.said(path):
        return drafts
    place, shown = report.find(("resources", resource, "owned"))
    report.put(path, place, shown)
    said = {"type": Said("belongs_to", place, shown), "resource": Said("user", place, shown)}
    draft = Draft(
        resource=resource, name=owner, path=path, kind="belongs_to", target="user", said=said
    )
    return {**drafts, owner: draft}


def _parts(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "fields": lambda n, p, r: _fields(n, p, r, vocabulary),
        "relations": lambda n, p, r: _relations(name, n, p, r),
    }


def _readers(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    word = shapes.words(shapes.text, "names")
    return {
        "description": shapes.text,
        **_parts(name, vocabulary),
        "id": lambda n, p, r: read_id(n, p, r, vocabulary),
        "timestamps": _timestamps,
        "plural": shapes.name,
        "renamed_from": shapes.name,
        "operations": _operations,
        "unique": lambda n, p, r: _column_lists(n, p, r, shapes.text),
        "indexes": _indexes,
        "checks": _checks,
        "owned": _owned,
        "access": lambda n, p, r: read_access(n, p, r, vocabulary),
        "lookup": shapes.text,
        "table": table_name,
        "filter": word,
        "sort": word,
        "search": word,
        "soft_delete": shapes.flag,
        "versioned": shapes.flag,
        "events": _events,
        "cache": _cache,
    }


def _fields(node: Node, path: Path, report: Report, vocabulary: Vocabulary) -> tuple[Field, ...]:
    found = shapes.entries(node, path, report) or []
    fields = []
    for key, value in found:
        at = (*path, key.text)
        shapes.check_name(key.text, at, report, key.place)
        report.put(at, key.place)
        fields.append(read_field(key.text, value, at, report, vocabulary))
    return tuple(fields)


def _relations(
    resource: str, node: Node, path: Path, report: Report
) -> tuple[dict[str, Draft], bool]:
    """The drafts, and whether any could not be read."""
    found = shapes.entries(node, path, report) or []
    drafts: dict[str, Draft | None] = {}
    for key, value in found:
        at = (*path, key.text)
        shapes.check_name(key.text, at, report, key.place)
        report.put(at, key.place)
        drafts[key.text] = read_relation(resource, key.text, value, at, report)
    known = {name: draft for name, draft in drafts.items() if draft is not None}
    return known, len(known) < len(drafts)


def _timestamps(node: Node, path: Path, report: Report) -> tuple[str | None, str | None] | None:
    if isinstance(node, MappingNode):
        readers = {"created": shapes.name, "updated": shapes.name}
        values = shapes.mapping(node, path, report, readers)
        return values.get("created", "created_at"), values.get("updated", "updated_at")
    if isinstance(node, Scalar) and plain_kind(node) == "bool":
        return ("created_at", "updated_at") if node.text.lower() == "true" else (None, None)
    shapes.expected(node, path, report, "true, false or {created: NAME, updated: NAME}")
    return None


def _operation(node: Node, path: Path, report: Report) -> str | None:
    word: str | None = shapes.choice(OPERATIONS, "operation")(node, path, report)
    if word is not None:
        report.put((*path[:-1], word), node.place, path)
    return word


def _operations(node: Node, path: Path, report: Report) -> tuple[str, ...] | None:
    found = shapes.words(_operation, "operations", may_be_empty=False)(node, path, report)
    return None if found is None else tuple(word for word in OPERATIONS if word in found)


def _events(node: Node, path: Path, report: Report) -> tuple[str, ...] | None:
    found = shapes.words(shapes.choice(EVENTS, "event"), "events")(node, path, report)
    return None if found is None else tuple(word for word in EVENTS if word in found)


def _column_lists(
    node: Node, path: Path, report: Report, reader: shapes.Reader[str]
) -> tuple[tuple[str, ...], ...] | None:
    if isinstance(node, Items) and any(isinstance(item, Scalar) for item in node.items):
        message = "expected a list of lists of columns, [[a, b]]"
        report.at("wrong-type", path, message)
        return None
    read = shapes.words(reader, "columns", may_be_empty=False)
    found = shapes.items(node, path, report, read, "lists of columns")
    if found is None:
        return None
    shapes.report_twice(found, path, report)
    return tuple(columns or () for columns in found)


def _indexes(node: Node, path: Path, report: Report) -> tuple[tuple[IndexColumn, ...], ...] | None:
    found = _column_lists(node, path, report, shapes.text)
    if found is None:
        return None
    return tuple(
        tuple(
            IndexColumn(name=word.removeprefix("-"), descending=word.startswith("-"))
            for word in words
        )
        for words in found
    )


def _checks(node: Node, path: Path, report: Report) -> tuple[Check, ...] | None:
    found = shapes.items(node, path, report, _check, "comparisons")
    nothing = Check(left=shapes.PASSED, comparison="=", right=shapes.PASSED)
    return None if found is None else tuple(check or nothing for check in found)


def _check(node: Node, path: Path, report: Report) -> Check | None:
    text = shapes.text(node, path, report)
    match = _CHECK.match(text) if text is not None else None
    if text is not None and match is None:
        report.at("bad-expression", path, "expected two columns and a comparison, a < b")
    if match is None or not isinstance(node, Scalar):
        return None
    for side, group in (("left", 1), ("right", 3)):
        report.put((*path, side), node.part(match.start(group), match.end(group)), path)
    return Check(left=match[1], comparison=cast("Comparison", match[2]), right=match[3])


def _owned(node: Node, path: Path, report: Report) -> bool | str | None:
    if isinstance(node, Scalar) and plain_kind(node) == "bool":
        return node.text.lower() == "true"
    if isinstance(node, Scalar) and node.text in shapes.OLD_FLAGS:
        message = f"{quoted(node.text)} is text in YAML 1.2"
        report.at("wrong-type", path, message, shapes.OLD_FLAGS[node.text])
        return None
    return shapes.name(node, path, report)


def _cache(node: Node, path: Path, report: Report) -> int | None:
    if isinstance(node, Scalar) and plain_kind(node) == "int":
        report.at("wrong-type", path, "a duration has a unit", f"{node.text}s")
        return None
    word = shapes.text(node, path, report)
    found = duration(word) if word is not None else None
    seconds = found.total_seconds() if found is not None else 0
    if word is not None and not (1 <= seconds <= _SECONDS_IN_A_YEAR and seconds % 1 == 0):
        message = f"{quoted(word)} is no duration of whole seconds, as 60s or 2h"
        report.at("bad-value", path, message)
        return None
    return int(seconds) or None


RESOURCE_KEYS: tuple[str, ...] = tuple(_readers("", Vocabulary({}, {})))
"""The keys that a resource may have."""
