"""Spec -> tables, as data: the one description of the database.

The models that the templates print and the migrations that Alembic renders both read it, so that
they can't disagree. Tables come in the order of the spec; nothing here knows an engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from generator import naming
from generator.bounds import attainable
from generator.distinct import distinct
from generator.spec.model import (
    AUTHENTICATED,
    OWNER,
    PUBLIC,
    BelongsTo,
    Default,
    EnumType,
    Field,
    ManyToMany,
    Member,
    Resource,
    Spec,
)
from generator.table import (
    BoundCheck,
    Check,
    Column,
    ColumnsCheck,
    Fill,
    ForeignKey,
    Index,
    MembersCheck,
    SlugOf,
    Table,
    Unique,
    WordsOf,
)
from generator.table_links import link

VERSION = Field(name="_version", type="int", column="_version")
"""Counts the writes to a row; every UPDATE increments it, and an ETag carries it."""

WORDS = Field(name="_words", type="text", column="_words")
"""The words of what is searched, a blank before each."""

DELETED_AT = Field(name="_deleted_at", type="datetime", column="_deleted_at")
"""When a row was deleted that is kept all the same; null in one that is live."""

IS_LIVE = f"{DELETED_AT.name} IS NULL"
"""SQL: what holds of a live row."""

LIVE = Field(name="_live", type="smallint", column="_live")
"""1 in a live row and else null, so that a key over it counts live rows alone: MariaDB has no
indexes over some of the rows."""

LIVE_VALUE = f"CASE WHEN {IS_LIVE} THEN 1 END"
"""SQL: what that column holds."""

ROLES = "_Role"

COMPARISON_WORDS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq", "!=": "ne"}


@dataclass(frozen=True, slots=True)
class Database:
    """What tables are made from: every resource by name, and every enum."""

    resources: dict[str, Resource]
    enums: dict[str, EnumType]


def tables(spec: Spec, extra: tuple[Resource, ...] = ()) -> tuple[Table, ...]:
    """The tables of a spec: built-in and feature tables first, then resources, then links.

    `extra` holds the resources that features bring; one named `user` is the table of accounts.
    """
    resources = {resource.name: resource for resource in (*extra, *spec.resources)}
    database = Database(resources, {enum.name: enum for enum in (*spec.enums, roles(spec))})
    own = (table(resource, database) for resource in resources.values())
    made = (*own, *links(tuple(resources.values()), database))
    taken = {found.name for found in made}
    return tuple(_distinctly_named(found, taken) for found in made)


def _distinctly_named(found: Table, taken: set[str]) -> Table:
    """The table, no index or constraint named as another: a database has one list of indexes."""
    uniques = distinct(found.uniques, taken, found.name)
    indexes = distinct(found.indexes, taken, found.name)
    checks = distinct(found.checks, set(), found.name)
    return replace(found, uniques=uniques, indexes=indexes, checks=checks)


def roles(spec: Spec) -> EnumType:
    """The roles of accounts as an enum, under a name that no enum of a spec can have."""
    words = ("user", *(spec.auth.roles if spec.auth else ()))
    return EnumType(name=ROLES, members=tuple(Member(value=word) for word in words))


def table(resource: Resource, database: Database) -> Table:
    """The table of one resource."""
    return Table(
        name=resource.table,
        columns=tuple(_columns(resource, database)),
        uniques=tuple(_uniques(resource)),
        indexes=(*_indexes(resource), *_of_words(resource)),
        checks=tuple(_checks(resource, database)),
    )


def links(resources: tuple[Resource, ...], database: Database) -> Iterator[Table]:
    """The join tables of many-to-many relations that go through no resource."""
    for resource in resources:
        for relation in resource.relations:
            if isinstance(relation, ManyToMany) and not (relation.mirrored or relation.through):
                yield link(resource, relation, database.resources[relation.resource])


def column_of(resource: Resource, name: str) -> str:
    """The column that a field or relation name of the spec stands for."""
    for relation in resource.relations:
        if isinstance(relation, BelongsTo) and relation.name == name:
            return relation.column
    for item in resource.fields:
        if item.name == name:
            return item.column or item.name
    return name


def _name(kind: naming.ConstraintKind, table_name: str, *columns: str) -> str:
    return naming.constraint_name(kind, table_name, *columns, limit=naming.LONGEST_NAME)


def _columns(resource: Resource, database: Database) -> Iterator[Column]:
    yield Column(name="id", key="id", field=resource.id, primary_key=True)
    for item in resource.fields:
        name, sized = item.column or item.name, _sized(item, database)
        fill = _fill(item, resource)
        yield Column(name=name, key=item.name, field=sized, nullable=item.nullable, fill=fill)
    for relation in resource.relations:
        if isinstance(relation, BelongsTo):
            yield _reference(resource.table, relation, database)
    for name in filter(None, (resource.created_field, resource.updated_field)):
        stamp = Field(name=name, type="datetime", column=name)
        yield Column(name=name, key=name, field=stamp, fill=Default(kind="now"))
    if resource.search:
        words = WordsOf(columns=tuple(column_of(resource, name) for name in resource.search))
        yield Column(name=WORDS.name, key=WORDS.name, field=WORDS, fill=words)
    if resource.soft_delete:
        yield Column(name=DELETED_AT.name, key=DELETED_AT.name, field=DELETED_AT, nullable=True)
    if resource.versioned:
        first = Default(kind="value", value=1)
        yield Column(name=VERSION.name, key=VERSION.name, field=VERSION, fill=first)


def _fill(item: Field, resource: Resource) -> Fill | None:
    """What a field holds in rows that were there before it."""
    if item.default is not None or item.source is None:
        return item.default
    alone = (item.name,) in resource.unique
    return SlugOf(column=column_of(resource, item.source), unique=item.unique or alone)


def _sized(item: Field, database: Database) -> Field:
    """The field itself; an enum's is as long as its longest member."""
    if item.enum is None:
        return item
    longest = max(len(member.value) for member in database.enums[item.enum].members)
    return replace(item, max_length=max(longest, 1))


def _reference(table_name: str, relation: BelongsTo, database: Database) -> Column:
    target = database.resources[relation.resource]
    key = ForeignKey(
        name=_name("fk", table_name, relation.column),
        table=target.table,
        on_delete=relation.on_delete,
    )
    return Column(
        name=relation.column,
        key=f"{relation.name}_id",
        field=target.id,
        nullable=relation.nullable,
        references=key,
    )


def _uniques(resource: Resource) -> Iterator[Unique]:
    singles = chain(
        (item.column or item.name for item in resource.fields if item.unique),
        (item.column for item in _references(resource) if item.unique),
    )
    groups = (tuple(column_of(resource, name) for name in group) for group in resource.unique)
    for columns in dict.fromkeys(chain(((column,) for column in singles), groups)):
        name = _name("uq", resource.table, *columns)
        yield Unique(name=name, columns=columns, live=resource.soft_delete)


def _indexes(resource: Resource) -> Iterator[Index]:
    listings = tuple(_listings(resource))
    plain = [
        *((item.column or item.name,) for item in resource.fields if item.index),
        *((item.column,) for item in _references(resource) if not _is_indexed(item, resource)),
    ]
    asked = [
        tuple((column_of(resource, c.name), c.descending) for c in index)
        for index in resource.indexes
    ]
    wanted = [*listings, *map(_ascending, plain), *asked]
    unique = {_ascending(found.columns) for found in _uniques(resource) if not found.live}
    for columns in dict.fromkeys(wanted):
        if columns not in unique and not any(_covered(columns, one) for one in listings):
            names = (name for name, _ in columns)
            yield Index(name=_name("ix", resource.table, *names), columns=columns)


def _of_words(resource: Resource) -> Iterator[Index]:
    if resource.search:
        name = _name("ix", resource.table, WORDS.name)
        yield Index(name=name, columns=((WORDS.name, False),), of_words=True)


def _is_indexed(item: BelongsTo, resource: Resource) -> bool:
    """Whether a constraint is an index of the key, too: of all rows, deleted ones included."""
    return item.unique and not resource.soft_delete


def _ascending(columns: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    return tuple((column, False) for column in columns)


def _listings(resource: Resource) -> Iterator[tuple[tuple[str, bool], ...]]:
    """The indexes that the default list reads: newest first, within the owner for those confined.

    That admins see more than owners do is no reason for a second index: they seldom list it.
    """
    if "list" not in resource.operations or resource.created_field is None:
        return
    newest = ((resource.created_field, True), ("id", True))
    readers = set(resource.access.list)
    confined = OWNER in readers and not readers & {PUBLIC, AUTHENTICATED}
    if resource.owned is not None and confined:
        yield ((column_of(resource, resource.owned), False), *newest)
        readers -= {OWNER, "admin"}
    if readers:
        yield newest


def _covered(columns: tuple[tuple[str, bool], ...], listing: tuple[tuple[str, bool], ...]) -> bool:
    return columns != listing and columns == listing[: len(columns)]


def _checks(resource: Resource, database: Database) -> Iterator[Check]:
    for item in resource.fields:
        yield from _field_checks(resource.table, item, database)
    for check in resource.checks:
        left, right = column_of(resource, check.left), column_of(resource, check.right)
        word = COMPARISON_WORDS[check.comparison]
        name = _name("ck", resource.table, left, word, right)
        yield ColumnsCheck(name=name, left=left, comparison=check.comparison, right=right)


def _field_checks(table_name: str, item: Field, database: Database) -> Iterator[Check]:
    column = item.column or item.name
    if item.is_list or item.encrypted:
        return
    if item.enum is not None:
        name = _name("ck", table_name, column)
        yield MembersCheck(name=name, column=column, enum=database.enums[item.enum])
    for attribute, comparison in (("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<")):
        bound = getattr(item, attribute)
        if bound is not None:
            name = _name("ck", table_name, column, attribute)
            number = attainable(item, comparison, bound)
            yield BoundCheck(name=name, column=column, comparison=comparison, bound=number)


def _references(resource: Resource) -> Iterator[BelongsTo]:
    return (item for item in resource.relations if isinstance(item, BelongsTo))
