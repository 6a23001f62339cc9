"""The relationships of a model, and the join tables that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import BelongsTo, HasMany, ManyToMany
from generator.views.code import Code
from generator.views.model_context import ModelContext, attribute, foreign_key, model_name
from generator.views.operation import link_variable

ORM = "sqlalchemy.orm"
SQL = "sqlalchemy"


@dataclass(frozen=True, slots=True)
class LinkView:
    """A join table beside the model that names it."""

    variable: str
    table: str
    columns: tuple[str, ...]
    index: str
    words: str


def relationships(context: ModelContext) -> Iterator[Code]:
    """A line for each relation."""
    for relation in context.resource.relations:
        match relation:
            case BelongsTo():
                yield _belongs_to(context, relation)
            case HasMany():
                yield _has_many(context, relation)
            case ManyToMany():
                yield _many_to_many(context, relation)


def _relationship(annotation: str, name: str, arguments: list[str], back: str | None) -> Code:
    if back is not None:
        arguments = [*arguments, f'back_populates="{naming.attribute(back)}"']
    call = ", ".join(['lazy="raise"', *arguments])
    text = f"{naming.attribute(name)}: Mapped[{annotation}] = relationship({call})"
    return Code(text, (Name("relationship", ORM),))


def _class(context: ModelContext, name: str) -> str:
    return model_name(context.resources[name]).name


def _belongs_to(context: ModelContext, relation: BelongsTo) -> Code:
    target = _class(context, relation.resource)
    annotation = f'"{target} | None"' if relation.nullable else f'"{target}"'
    arguments = [f"foreign_keys={attribute(context, relation.column)}"]
    if relation.resource == context.resource.name:
        arguments.append("remote_side=id")
    return _relationship(annotation, relation.name, arguments, relation.inverse)


def _has_many(context: ModelContext, relation: HasMany) -> Code:
    target = _class(context, relation.resource)
    key = naming.attribute(f"{relation.via}_id")
    annotation = f'"{target} | None"' if relation.single else f'list["{target}"]'
    arguments = [f'foreign_keys="{target}.{key}"', "passive_deletes=True"]
    return _relationship(annotation, relation.name, arguments, relation.via)


def _many_to_many(context: ModelContext, relation: ManyToMany) -> Code:
    target = _class(context, relation.resource)
    table = _secondary(context, relation)
    arguments = [f"secondary=lambda: {table}", *(["viewonly=True"] if relation.through else [])]
    if relation.resource == context.resource.name:
        joins = {"primaryjoin": relation.own_column, "secondaryjoin": relation.other_column}
        arguments += [
            f"{name}=lambda: {target}.id == {table}.c[{py(column)}]"
            for name, column in joins.items()
        ]
    return _relationship(f'list["{target}"]', relation.name, arguments, relation.inverse)


def _secondary(context: ModelContext, relation: ManyToMany) -> str:
    """The join table: by its variable where that stands in the same module, else by its name."""
    here = not relation.mirrored or relation.resource == context.resource.name
    if here and not relation.through:
        return link_variable(context.resource, relation, context.resources)
    return f"Base.metadata.tables[{py(relation.table)}]"


def links(context: ModelContext) -> Iterator[LinkView]:
    """The join tables that this side declares."""
    for relation in context.resource.relations:
        if not isinstance(relation, ManyToMany) or relation.mirrored or relation.through:
            continue
        table = context.links[relation.table]
        columns = tuple(
            f"Column({py(column.name)}, {foreign_key(context, table, column)}, primary_key=True)"
            for column in table.columns
        )
        (index,) = table.indexes
        yield LinkView(
            variable=link_variable(context.resource, relation, context.resources),
            table=relation.table,
            columns=columns,
            index=f"Index({py(index.name)}, {py(index.columns[0][0])})",
            words=naming.title(relation.name).lower(),
        )
