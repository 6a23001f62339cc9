"""The tables of many-to-many relations that go through no resource."""

from __future__ import annotations

from generator import naming
from generator.spec.model import ManyToMany, Resource
from generator.table import Column, ForeignKey, Index, Table


def link(resource: Resource, relation: ManyToMany, target: Resource) -> Table:
    """The join table of a relation: a row for each two that are linked."""
    ends = ((relation.own_column, resource), (relation.other_column, target))
    columns = tuple(
        Column(
            name=column,
            key=column,
            field=end.id,
            primary_key=True,
            references=ForeignKey(
                name=naming.constraint_name("fk", relation.table, column),
                table=end.table,
                on_delete="cascade",
            ),
        )
        for column, end in ends
    )
    backwards = Index(
        name=naming.constraint_name("ix", relation.table, relation.other_column),
        columns=((relation.other_column, False),),
    )
    return Table(name=relation.table, columns=columns, indexes=(backwards,))
