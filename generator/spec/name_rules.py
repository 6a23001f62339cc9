"""Rules about names: no two become the same thing, and none is an engine's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import naming
from generator.errors import quoted
from generator.spec.facts import Facts, Finding, Rule
from generator.spec.model import BelongsTo, ManyToMany, Resource
from generator.spec.report import Path

PG_SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
"""PostgreSQL documentation, 5.6 System Columns."""
SQLITE_PREFIX = "sqlite_"
"""SQLite documentation, CREATE TABLE: names that begin so are reserved for internal use."""
ALEMBIC_TABLE = "alembic_version"
AUTH_URL = "auth"
USER_FIELDS = ("email", "password", "password_hash", "full_name", "role", "is_active")


@dataclass(frozen=True, slots=True)
class _Named:
    """A thing with a name: what people call it, where it was said, and what it becomes."""

    label: str
    path: Path
    becomes: tuple[str, ...]


SQLITE_UNREADABLE = frozenset('()"')
"""What a name in SQLite may not hold, or its keys can't be told from each other again."""


def _collisions(facts: Facts, named: Iterable[_Named], what: str) -> Iterator[Finding]:
    """A finding at the second of each two that become the same, in the order of the file.

    A name with a problem already is passed by: the two would be one mistake.
    """
    first: dict[str, _Named] = {}
    ordered = sorted(named, key=lambda one: facts.report.find(one.path)[0].start)
    for one in ordered:
        if one.path and facts.report.trouble_at(one.path):
            continue
        met = next((word for word in one.becomes if word in first), None)
        if met is not None:
            message = f"{one.label} and {first[met].label} both become the {what} {quoted(met)}"
            yield Finding("name-collision", one.path, message)
            continue
        first.update(dict.fromkeys(one.becomes, one))


def classes(facts: Facts) -> Iterator[Finding]:
    """Resources and enums are Python classes."""
    named = [
        _Named(f"resource {resource.name}", path, (resource.class_name,))
        for path, resource in facts.resources()
    ]
    named += [
        _Named(f"enum {enum.name}", ("enums", enum.name), (naming.class_name(enum.name),))
        for enum in facts.spec.enums
    ]
    return _collisions(facts, named, "class")


def urls(facts: Facts) -> Iterator[Finding]:
    """Resources are URLs, beside `/auth` and those of features."""
    named = [
        _Named(f"resource {resource.name}", _plural_path(facts, path), (resource.plural,))
        for path, resource in facts.resources()
    ]
    if facts.spec.auth:
        named.append(_Named("signing in", (), (AUTH_URL,)))
    on = {feature.name for feature in facts.spec.features}
    for feature in facts.grammar.features:
        if feature.name in on and feature.urls:
            named.append(_Named(f"the feature {feature.name}", (), feature.urls))
    return _collisions(facts, named, "URL")


def _plural_path(facts: Facts, path: Path) -> Path:
    return (*path, "plural") if facts.said(*path, "plural") else path


def tables(facts: Facts) -> Iterator[Finding]:
    """Resources and links of many to many are tables; engines take their case for nothing."""
    named = [_Named("Alembic's own table", (), (ALEMBIC_TABLE,))]
    urls = dict[str, int]()
    for _, resource in facts.resources():
        urls[resource.plural] = urls.get(resource.plural, 0) + 1
    for path, resource in facts.resources():
        own = (*path, "table") if facts.said(*path, "table") else _plural_path(facts, path)
        if urls[resource.plural] == 1 or facts.said(*path, "table"):
            named.append(_Named(f"resource {resource.name}", own, (resource.table.casefold(),)))
        named += [
            _Named(
                f"relation {resource.name}.{link.name}",
                (*path, "relations", link.name),
                (link.table.casefold(),),
            )
            for link in resource.relations
            if isinstance(link, ManyToMany) and not link.mirrored and not link.through
        ]
    return _collisions(facts, named, "table")


def attributes(facts: Facts) -> Iterator[Finding]:
    """All that a resource's class and its JSON carry."""
    for path, resource in facts.resources():
        yield from _collisions(facts, _members(facts, path, resource), "attribute")


def _members(facts: Facts, path: Path, resource: Resource) -> Iterator[_Named]:
    yield from _ours(facts, path, resource)
    for field in resource.fields:
        at = (*path, "fields", field.name)
        label = f"field {field.name}"
        yield _Named(label, at, _words(facts, field.name, field.column))
    for relation in resource.relations:
        at = (*path, "relations", relation.name)
        column = (relation.column,) if isinstance(relation, BelongsTo) else ()
        key = (f"{relation.name}_id",) if isinstance(relation, BelongsTo) else ()
        words = _words(facts, relation.name, *key, *column)
        yield _Named(f"relation {relation.name}", at, words)


def _ours(facts: Facts, path: Path, resource: Resource) -> Iterator[_Named]:
    yield _Named("the built-in id", path, _words(facts, "id"))
    stamps = (("created", resource.created_field), ("updated", resource.updated_field))
    for key, name in stamps:
        if name is not None:
            at = (*path, "timestamps", key)
            at = at if facts.said(*at) else path
            yield _Named(f"the timestamp {name}", at, _words(facts, name))
    if resource is facts.spec.user:
        for name in USER_FIELDS:
            yield _Named(f"the built-in {name}", (), _words(facts, name))


def _words(facts: Facts, *names: str) -> tuple[str, ...]:
    """What names become: attributes and columns, and in camel case their JSON too."""
    words = [name.casefold() for name in names]
    if facts.spec.api.case == "camel":
        words += [naming.camel(name) for name in names if naming.camel(name) not in words]
    return tuple(dict.fromkeys(words))


def engine_names(facts: Facts) -> Iterator[Finding]:
    """Names that an engine keeps for itself."""
    if facts.spec.database == "postgresql":
        yield from _system_columns(facts)
    if facts.spec.database == "sqlite":
        yield from _sqlite_tables(facts)
        yield from _sqlite_names(facts)


def _system_columns(facts: Facts) -> Iterator[Finding]:
    for path, resource in facts.resources():
        parts = (("fields", resource.fields), ("relations", resource.relations))
        for group, items in parts:
            for item in items:
                column = getattr(item, "column", "")
                if column in PG_SYSTEM_COLUMNS:
                    at = (*path, group, item.name)
                    at = (*at, "column") if facts.said(*at, "column") else at
                    message = f"{quoted(column)} is a system column of PostgreSQL"
                    yield Finding("reserved-name", at, message)
        for key, name in (("created", resource.created_field), ("updated", resource.updated_field)):
            if name in PG_SYSTEM_COLUMNS:
                message = f"{quoted(str(name))} is a system column of PostgreSQL"
                yield Finding("reserved-name", (*path, "timestamps", key), message)


def _sqlite_tables(facts: Facts) -> Iterator[Finding]:
    for path, resource in facts.resources():
        if resource.table.casefold().startswith(SQLITE_PREFIX):
            at = (*path, "table") if facts.said(*path, "table") else _plural_path(facts, path)
            message = f"SQLite keeps tables named {SQLITE_PREFIX}... for itself"
            yield Finding("reserved-name", at, message)


def _sqlite_names(facts: Facts) -> Iterator[Finding]:
    """SQLite keeps its schema as text, and SQLAlchemy reads that by its quotes and brackets."""
    for path, resource in facts.resources():
        named = [((*path, "table"), resource.table)]
        for group, items in (("fields", resource.fields), ("relations", resource.relations)):
            named += [
                ((*path, group, item.name, "column"), getattr(item, "column", "")) for item in items
            ]
        for at, name in named:
            if facts.said(*at) and not SQLITE_UNREADABLE.isdisjoint(name):
                message = f"{quoted(name)} can't be read back from SQLite's schema"
                yield Finding("engine-limit", at, message)


RULES: tuple[Rule, ...] = (classes, urls, tables, attributes, engine_names)
