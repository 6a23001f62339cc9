"""Rules about links and owners, about switches, and about what an engine can hold."""

from __future__ import annotations

from collections.abc import Iterator

from generator.naming import with_article
from generator.spec.facts import Column, Facts, Finding, Rule, columns
from generator.spec.model import AUTHENTICATED, PUBLIC, BelongsTo, Field, Resource
from generator.spec.report import Path
from generator.spec.switches import unmet
from generator.spec.vocabulary import UNKNOWN

_MARIADB_ROW, _MARIADB_KEY, _POSTGRESQL_KEY = 65_535, 3_072, 2_704
"""Bytes: MariaDB's limits of a row and an InnoDB key, PostgreSQL's of a B-tree entry."""
_BYTES_PER_CHARACTER = 4
_ASCII_TYPES = ("url", "slug", "ip")
_FIXED_BYTES = 12
_SIDE_LINES = {"events": "events: rabbitmq", "cache": "cache: redis"}


def set_null(facts: Facts) -> Iterator[Finding]:
    """`on_delete set_null` needs a link that may be null."""
    for path, _, link in _belongs_to(facts):
        if link.on_delete == "set_null" and not link.nullable:
            message = f"set_null on a link that is never null; write {link.resource}?"
            yield Finding("contradiction", (*path, "on_delete"), message)


def _belongs_to(facts: Facts) -> Iterator[tuple[Path, Resource, BelongsTo]]:
    for path, resource in facts.resources():
        for relation in resource.relations:
            if isinstance(relation, BelongsTo):
                yield (*path, "relations", relation.name), resource, relation


def owners(facts: Facts) -> Iterator[Finding]:
    """`owned` names a link to a user that is never null."""
    for path, resource in facts.resources():
        if resource.owned is None:
            continue
        at = (*path, "owned")
        if facts.spec.auth is None:
            yield Finding("auth-off", at, "owned needs users, and auth is none")
            continue
        link = next((one for one in resource.relations if one.name == resource.owned), None)
        if link is None:
            continue
        if not isinstance(link, BelongsTo) or link.resource != "user":
            message = f"{resource.name}.{link.name} is not belongs_to user"
            yield Finding("contradiction", at, message)
        elif link.nullable:
            message = f"the owner, {resource.name}.{link.name}, may be null"
            yield Finding("contradiction", at, message)


def makers(facts: Facts) -> Iterator[Finding]:
    """Whoever makes an owned row is its owner, so that somebody has to be signed in."""
    for path, resource in facts.resources():
        public = "create" in resource.operations and PUBLIC in resource.access.create
        if facts.spec.auth and resource.owned is not None and public:
            key = "create" if facts.said(*path, "access", "create") else "write"
            message = f"who makes a row of {resource.name} owns it, and that needs signing in"
            yield Finding("contradiction", (*path, "access", key), message, "authenticated")


def unseen_requirements(facts: Facts) -> Iterator[Finding]:
    """An account can only point at rows that everyone who is signed in may read.

    Whoever asks for one is nobody yet. What is owned needs an account first: a circle.
    """
    open_to_all = {PUBLIC, AUTHENTICATED}
    targets = {one.name: one for one in facts.spec.resources if one.owned is None}
    for path, resource, link in _belongs_to(facts):
        target = targets.get(link.resource)
        if not resource.built_in or link.nullable or target is None:
            continue
        if not open_to_all & set(target.access.get):
            one = with_article(target.name)
            message = f"no account could be made: not everyone who is signed in may read {one}"
            yield Finding("unseen-reference", path, message, f"belongs_to {target.name}?")


def required_circles(facts: Facts) -> Iterator[Finding]:
    """A circle of links that are never null can hold no row; its last link is the mistake."""
    edges: dict[str, list[str]] = {}
    links = [
        (path, one.name, link)
        for path, one, link in _belongs_to(facts)
        if not link.nullable and link.on_delete != "set_null"
    ]
    for path, source, link in sorted(links, key=lambda one: facts.report.find(one[0])[0].start):
        way = _way(edges, link.resource, source)
        if way is None:
            edges.setdefault(source, []).append(link.resource)
            continue
        circle = " -> ".join([source, *way])
        message = f"every link of this circle is required, so no first row can be: {circle}"
        yield Finding("required-circle", path, message)


def _way(edges: dict[str, list[str]], start: str, goal: str) -> list[str] | None:
    """The names on a way from start to goal, both included; None if there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        for name in edges.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return None


def switched_off(facts: Facts) -> Iterator[Finding]:
    """A resource that asks for a feature that is off, and features that need or exclude others."""
    on = [feature.name for feature in facts.spec.features]
    for path, resource in facts.resources():
        for key, wanted in (("events", resource.events), ("cache", resource.cache_seconds)):
            if wanted and key not in on:
                message = f"the feature {key} is off; add `{_SIDE_LINES[key]}` to features"
                yield Finding("feature-off", (*path, key), message)
    for code, at, message in unmet(facts.grammar, facts.spec.features):
        yield Finding(code, at, message)


def cached_secrets(facts: Facts) -> Iterator[Finding]:
    """What lies encrypted in the database doesn't lie in a cache in plain."""
    on = any(feature.name == "cache" for feature in facts.spec.features)
    for path, resource in facts.resources():
        secret = next((one.name for one in resource.fields if one.encrypted), None)
        if on and resource.cache_seconds and secret is not None:
            message = f"{secret} is encrypted, and would lie in the cache in plain"
            yield Finding("contradiction", (*path, "cache"), message)


def large_keys(facts: Facts) -> Iterator[Finding]:
    """An index entry that an engine can't hold."""
    limits = {"mariadb": _MARIADB_KEY, "postgresql": _POSTGRESQL_KEY}
    limit = limits.get(facts.spec.database)
    if limit is None:
        return
    for path, resource in facts.resources():
        for at, names in _keys(path, resource):
            known = columns(resource)
            if any(name not in known for name in names):
                continue
            size = sum(_key_bytes(facts, known[name]) for name in names) + _live_bytes(resource)
            if size > limit:
                fits = f"string({limit // _BYTES_PER_CHARACTER // len(names)})"
                message = f"{size:,} bytes are more than the {limit:,} of a key; {fits} would fit"
                yield Finding("engine-limit", at, message)


def _live_bytes(resource: Resource) -> int:
    """What a key over live rows alone has beside its columns, at most."""
    return _FIXED_BYTES if resource.soft_delete else 0


def _keys(path: Path, resource: Resource) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for field in resource.fields:
        for flag in ("unique", "index"):
            if getattr(field, flag):
                yield (*path, "fields", field.name, flag), (field.name,)
                break
    yield (*path, "id"), ("id",)
    for number, names in enumerate(resource.unique):
        yield (*path, "unique", number), names
    for number, index in enumerate(resource.indexes):
        yield (*path, "indexes", number), tuple(column.name for column in index)


def _key_bytes(facts: Facts, column: Column) -> int:
    field = column.field
    if field is None or not _is_characters(facts, field) or not facts.type(field).indexable:
        return _FIXED_BYTES
    ascii_only = field.type in _ASCII_TYPES and facts.spec.database == "postgresql"
    return (field.max_length or 0) * (1 if ascii_only else _BYTES_PER_CHARACTER)


def _is_characters(facts: Facts, field: Field) -> bool:
    return field.type != UNKNOWN and not field.is_list and facts.family(field) in ("text", "enum")


def large_rows(facts: Facts) -> Iterator[Finding]:
    """A row that MariaDB can't hold; the field that crosses the limit is the mistake."""
    if facts.spec.database != "mariadb":
        return
    for path, resource in facts.resources():
        size = 0
        for field in resource.fields:
            before, size = size, size + _row_bytes(facts, field)
            if before <= _MARIADB_ROW < size:
                message = f"rows of {resource.name} pass the {_MARIADB_ROW:,} bytes of MariaDB"
                hint = "; text is kept outside of the row" if field.type == "string" else ""
                yield Finding("engine-limit", (*path, "fields", field.name), message + hint)


def _row_bytes(facts: Facts, field: Field) -> int:
    if not _is_characters(facts, field) or field.type == "text":
        return _FIXED_BYTES
    return 2 + (255 if field.type == "password" else field.max_length or 255) * _BYTES_PER_CHARACTER


RULES: tuple[Rule, ...] = (
    set_null,
    owners,
    makers,
    unseen_requirements,
    required_circles,
    switched_off,
    cached_secrets,
    large_keys,
    large_rows,
)
