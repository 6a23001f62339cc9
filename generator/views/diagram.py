"""The entity-relationship diagram, as lines of Mermaid."""

from __future__ import annotations

from collections.abc import Iterator

from generator.table import Column, Table

ONE, ONE_OR_NONE, MANY = "||", "|o", "o{"


def diagram(tables: tuple[Table, ...]) -> tuple[str, ...]:
    """Every table with its columns, and a line for every foreign key with its cardinalities."""
    entities = [line for table in tables for line in _entity(table)]
    links = [line for table in tables for line in _links(table)]
    return (*entities, *links)


def _entity(table: Table) -> Iterator[str]:
    yield f"{_word(table.name)} {{"
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
            many = "o|" if single else MANY
            target = _word(column.references.table)
            yield f'{target} {one}--{many} {_word(table.name)} : "{column.name}"'


def _word(name: str) -> str:
    """A name that Mermaid reads as one; only tables of legacy databases have others."""
    return "".join(char if char.isalnum() or char in "_-" else "_" for char in name)
