"""The entity-relationship diagram, as lines of Mermaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import naming
from generator.table import Column, Table

ONE, ONE_OR_NONE = "||", "|o"
"""How many rows a reference leads to: it is there, or may be null."""
SINGLE, MANY = "o|", "o{"
"""How many rows may refer to one: one where the reference is unique, else any number."""

_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_KEYWORDS = naming.words("class classdef end many one style subgraph to u")
"""What Mermaid's lexer takes for words of its own where an entity should be, whatever the case."""
_NOT_QUOTED = re.compile(r'["%\\\x00-\x1f\x7f`]')
_NOT_IN_A_WORD = re.compile("[^A-Za-z0-9_\u00c0-\uffff]")
_MARKS = naming.words("pk fk uk")
"""What it takes for a mark of a key where a column should be."""


def diagram(tables: tuple[Table, ...]) -> tuple[str, ...]:
    """Every table with its columns, and a line for every foreign key with its cardinalities."""
    entities = [line for table in tables for line in _entity(table)]
    links = [line for table in tables for line in _links(table)]
    return (*entities, *links)


def _entity(table: Table) -> Iterator[str]:
    yield f"{_entity_name(table.name)} {{"
    for column in table.columns:
        yield f"    {_type(column)} {_word(column.name)}{_keys(table, column)}"
    yield "}"


def _type(column: Column) -> str:
    kind = "enum" if column.field.enum else column.field.type
    return f"{kind}[]" if column.field.is_list else kind


def _keys(table: Table, column: Column) -> str:
    unique = any(item.columns == (column.name,) for item in table.uniques)
    marks = (("PK", column.primary_key), ("FK", column.references is not None), ("UK", unique))
    keys = ", ".join(mark for mark, holds in marks if holds)
    return f" {keys}" if keys else ""


def _links(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.references is not None:
            one = ONE_OR_NONE if column.nullable else ONE
            single = any(item.columns == (column.name,) for item in table.uniques)
            many = SINGLE if single else MANY
            ends = _entity_name(column.references.table), _entity_name(table.name)
            yield f"{ends[0]} {one}--{many} {ends[1]} : {_quoted(column.name)}"


def _entity_name(name: str) -> str:
    plain = _PLAIN.fullmatch(name) and name.lower() not in _KEYWORDS
    return name if plain else _quoted(name)


def _quoted(name: str) -> str:
    return f'"{_NOT_QUOTED.sub("_", name)}"'


def _word(name: str) -> str:
    """A column's name as Mermaid reads one; those of legacy databases may lose what it can't."""
    word = _NOT_IN_A_WORD.sub("_", name)
    if word.lower() in _MARKS:
        return f"{word}_"
    return word if not word[0].isdigit() else f"_{word}"
