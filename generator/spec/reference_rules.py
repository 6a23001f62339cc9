"""Rules about names that stand for fields: indexes, checks, filters, orders, search, lookup."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.errors import quoted
from generator.spec import shapes
from generator.spec.facts import Column, Facts, Finding, Rule, columns
from generator.spec.field_rules import unkeyable
from generator.spec.finish import filterable
from generator.spec.model import Check, Field, Resource
from generator.spec.report import Path
from generator.spec.vocabulary import UNKNOWN

_SECRETS = ("hidden", "writeonly", "encrypted")
_EQUALITY = ("=", "!=")
_UNORDERED = ("bool", "enum", "uuid")
_INCOMPARABLE = ("json", "bytes")
_LOOKUPS = ("text", "integer", "uuid", "enum")


def _column(resource: Resource, name: str, path: Path) -> Column | Finding | None:
    """The column that a name stands for, or the finding that there is none.

    None for what was reported already.
    """
    known = columns(resource)
    if name == shapes.PASSED:
        return None
    if name in known:
        return known[name]
    if any(relation.name == name for relation in resource.relations):
        return Finding("wrong-family", path, f"{quoted(name)} has no column in {resource.name}")
    if name.replace(".", "", 1).isdigit():
        message = f"a check compares two fields; a bound stands in the field's own line, not {name}"
        return Finding("unknown-field", path, message)
    near = name.removesuffix("_id") if name.removesuffix("_id") in known else None
    near = near or naming.nearest(name, [*known])
    return Finding("unknown-field", path, f"{resource.name} has no field {quoted(name)}", near)


def keys(facts: Facts) -> Iterator[Finding]:
    """`unique` and `indexes` name columns that an engine can index."""
    for path, resource in facts.resources():
        lists = [("unique", n, names) for n, names in enumerate(resource.unique)]
        lists += [
            ("indexes", n, tuple(column.name for column in index))
            for n, index in enumerate(resource.indexes)
        ]
        for key, number, names in lists:
            for index, name in enumerate(names):
                at = (*path, key, number, index)
                if name in names[:index] and name != shapes.PASSED:
                    yield Finding("duplicate-value", at, f"{quoted(name)} stands here twice")
                    continue
                yield from _key(facts, resource, name, at)


def _key(facts: Facts, resource: Resource, name: str, path: Path) -> Iterator[Finding]:
    column = _column(resource, name, path)
    if isinstance(column, Finding):
        yield column
    elif column is not None and column.field is not None and column.field.type != UNKNOWN:
        found = unkeyable(facts, column.field, "index")
        if found:
            yield Finding(found[0], path, found[1])


def filters(facts: Facts) -> Iterator[Finding]:
    """`filter` and `sort` name what a client may see, and what compares."""
    for path, resource in facts.resources():
        for key in ("filter", "sort"):
            if not facts.said(*path, key):
                continue
            for index, name in enumerate(getattr(resource, key)):
                yield from _filter(facts, resource, key, name, (*path, key, index))


def _filter(facts: Facts, resource: Resource, key: str, name: str, path: Path) -> Iterator[Finding]:
    column = _column(resource, name, path)
    if isinstance(column, Finding):
        yield column
    field = column.field if isinstance(column, Column) else None
    if field is None or field.type == UNKNOWN:
        return
    yield from _secret(field, key, path)
    ordered = key != "sort" or facts.type(field).indexable
    if field.is_list or not filterable(field, facts.grammar) or not ordered:
        kind = "a list" if field.is_list else field.type
        yield Finding("wrong-family", path, f"no {key} by {name}: it is {kind}")


def _secret(field: Field, key: str, path: Path) -> Iterator[Finding]:
    flag = next((flag for flag in _SECRETS if getattr(field, flag)), None)
    if flag:
        message = f"{field.name} is {flag}: {naming.with_article(key)} would tell what it holds"
        yield Finding("contradiction", path, message)


def searches(facts: Facts) -> Iterator[Finding]:
    """`search` names text."""
    for path, resource in facts.resources():
        for index, name in enumerate(resource.search):
            at = (*path, "search", index)
            column = _column(resource, name, at)
            if isinstance(column, Finding):
                yield column
            elif column is None:
                continue
            elif column.field is None or not _is_text(facts, column.field):
                yield Finding("wrong-family", at, f"search is for text, and {name} is none")
            else:
                yield from _secret(column.field, "search", at)


def _is_text(facts: Facts, field: Field) -> bool:
    if field.type == UNKNOWN:
        return True
    return facts.family(field) == "text" and field.type != "password" and not field.is_list


def lookups(facts: Facts) -> Iterator[Finding]:
    """`lookup` names a unique field that fits in a URL."""
    for path, resource in facts.resources():
        if resource.lookup is None:
            continue
        at = (*path, "lookup")
        column = _column(resource, resource.lookup, at)
        if isinstance(column, Finding):
            yield column
        elif column is None or (column.field is not None and column.field.type == UNKNOWN):
            continue
        elif column.field is None or column.ours:
            yield Finding("wrong-family", at, "a lookup is by a unique field of the spec's own")
        else:
            yield from _lookup(facts, column.field, at)


def _lookup(facts: Facts, field: Field, path: Path) -> Iterator[Finding]:
    yield from _secret(field, "lookup", path)
    if facts.family(field) not in _LOOKUPS or field.type == "password" or field.is_list:
        yield Finding("wrong-family", path, f"no lookup by {field.name}: it is {field.type}")
    elif not field.unique and not field.encrypted:
        yield Finding("not-unique", path, f"{field.name} may stand in several rows; make it unique")


def checks(facts: Facts) -> Iterator[Finding]:
    """`checks` compare two columns of one type family."""
    for path, resource in facts.resources():
        for index, check in enumerate(resource.checks):
            yield from _check(facts, resource, check, (*path, "checks", index))


def _check(facts: Facts, resource: Resource, check: Check, path: Path) -> Iterator[Finding]:
    sides = [
        _column(resource, name, (*path, side))
        for side, name in (("left", check.left), ("right", check.right))
    ]
    yield from (side for side in sides if isinstance(side, Finding))
    left, right = (side if isinstance(side, Column) else None for side in sides)
    if left is None or right is None:
        return
    if left.name == right.name:
        yield Finding("contradiction", path, "a column compared with itself")
    else:
        message = _incomparable(facts, left, right, check.comparison)
        if message:
            yield Finding("wrong-family", path, message)


def _incomparable(facts: Facts, left: Column, right: Column, comparison: str) -> str | None:
    kinds = [_kind(facts, side) for side in (left, right)]
    if UNKNOWN in kinds:
        return None
    if "" in kinds:
        name = (left, right)[kinds.index("")].name
        return f"{name} can't be compared"
    if kinds[0] != kinds[1]:
        return f"{left.name} is {kinds[0]}, {right.name} is {kinds[1]}: they don't compare"
    if comparison not in _EQUALITY and kinds[0].split()[0] in (*_UNORDERED, "reference"):
        return f"one {kinds[0]} is not less than another: use = or !="
    return None


def _kind(facts: Facts, column: Column) -> str:
    """What compares with its like alone; empty if nothing does."""
    field = column.field
    if column.relation is not None:
        return f"reference to {column.relation.resource}"
    if field is None or column.ours or field.is_list or field.encrypted:
        return ""
    if field.type == UNKNOWN:
        return UNKNOWN
    family = facts.family(field)
    if family in _INCOMPARABLE or field.type == "password":
        return ""
    return f"enum {field.enum}" if field.enum else family


RULES: tuple[Rule, ...] = (keys, filters, searches, lookups, checks)
