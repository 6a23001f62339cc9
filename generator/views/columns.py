"""What `model.py` prints: the columns, relationships and constraints of one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import naming
from generator.fieldtypes import TYPES, Name
from generator.spec.model import BelongsTo, Field, HasMany, ManyToMany, Resource
from generator.tables import (
    VERSION,
    BoundCheck,
    Check,
    Column,
    ColumnsCheck,
    Index,
    MembersCheck,
    Table,
    Unique,
)
from generator.views.code import Code, Enums, default_value, enum_name, literal, special, whole
from generator.views.imports import import_lines

ORM = "sqlalchemy.orm"
SQL = "sqlalchemy"
NO_ACTION = {"cascade": "CASCADE", "set_null": "SET NULL"}
OPERATORS = {"=": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model, every line ready to print."""

    imports: tuple[str, ...]
    type_imports: tuple[str, ...]
    """The block of imports that annotations alone need: the models that relationships lead to."""
    columns: tuple[str, ...]
    relationships: tuple[str, ...]
    constraints: tuple[str, ...]
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A join table beside the model that names it."""

    variable: str
    table: str
    columns: tuple[str, ...]
    index: str
    words: str


@dataclass(frozen=True, slots=True)
class ModelContext:
    """What the lines of one model are made from."""

    resource: Resource
    table: Table
    resources: dict[str, Resource]
    enums: Enums
    links: dict[str, Table]
    late_keys: frozenset[str]
    """Foreign keys that close a circle of tables, by name."""


def model_view(context: ModelContext) -> ModelView:
    """Every line of one resource's model."""
    columns = [_column(context, column) for column in context.table.columns]
    relationships = [*_relationships(context)]
    constraints = [*_constraints(context)]
    links = tuple(_links(context))
    used = [name for code in (*columns, *relationships, *constraints) for name in code.names]
    targets = _targets(context)
    if targets:
        used.append(Name("TYPE_CHECKING", "typing"))
    return ModelView(
        imports=import_lines([*used, *_base_names(links)]),
        type_imports=_type_checking(targets),
        columns=tuple(map(str, columns)),
        relationships=tuple(map(str, relationships)),
        constraints=_table_args(constraints),
        links=links,
    )


def _targets(context: ModelContext) -> list[Name]:
    own = context.resource.name
    names = {relation.resource for relation in context.resource.relations} - {own}
    return [model_name(context.resources[name]) for name in sorted(names)]


def _type_checking(targets: list[Name]) -> tuple[str, ...]:
    lines = import_lines(targets)
    return ("if TYPE_CHECKING:", *(f"    {line}" for line in lines)) if lines else ()


def _table_args(constraints: list[Code]) -> tuple[str, ...]:
    lines = [f"    {code}," for code in constraints]
    return ("__table_args__ = (", *lines, ")") if lines else ()


def attribute_of(column: Column) -> str:
    """The attribute of the model that carries a column."""
    return "version_" if column.field is VERSION else naming.attribute(column.key)


def python_type(item: Field, *, nullable: bool) -> Code:
    """The annotation of a value of the field."""
    name = enum_name(item.enum) if item.enum else TYPES[item.type].python
    text = f"list[{name.name}]" if item.is_list else name.name
    optional = " | None" if nullable else ""
    return Code(text + optional, (name,))


def column_type(item: Field, enums: Enums) -> Code:
    """The SQLAlchemy type of the field's column in the model."""
    row = TYPES["enum" if item.enum else item.type]
    arguments = [str(argument) for argument in row.column_arguments(item)]
    names = [row.column]
    if item.enum is not None:
        arguments = [naming.class_name(item.enum), str(enums.longest(item.enum))]
        names.append(enum_name(item.enum))
    text = f"{row.column.name}({', '.join(arguments)})" if arguments else row.column.name
    return Code(text, tuple(names))


def model_name(resource: Resource) -> Name:
    """The model of a resource, and its module."""
    if resource.name == "user":
        return Name("User", "app.auth.models")
    return Name(resource.class_name, f"app.resources.{resource.plural}.model")


def _base_names(links: tuple[LinkView, ...]) -> Iterator[Name]:
    yield Name("Base", "app.database")
    yield Name("Mapped", ORM)
    yield Name("mapped_column", ORM)
    if links:
        yield from (
            Name("Table", SQL),
            Name("Column", SQL),
            Name("ForeignKey", SQL),
            Name("Index", SQL),
        )


def _column(context: ModelContext, column: Column) -> Code:
    attribute = attribute_of(column)
    annotation = python_type(column.field, nullable=column.nullable)
    arguments = [*_column_arguments(context, column, attribute)]
    names = [*annotation.names, *(name for code in arguments for name in code.names)]
    call = ", ".join(code.text for code in arguments)
    return Code(f"{attribute}: Mapped[{annotation}] = mapped_column({call})", tuple(names))


def _column_arguments(context: ModelContext, column: Column, attribute: str) -> Iterator[Code]:
    if attribute != column.name:
        yield Code(f'"{column.name}"')
    if column.references is not None:
        yield _foreign_key(context, column)
    elif column.field is not VERSION:
        yield column_type(column.field, context.enums)
    if attribute != column.name:
        yield Code(f'key="{attribute}"')
    if column.primary_key:
        yield Code("primary_key=True")
    yield from _single_constraints(context.table, column)
    yield from _default(context, column)


def _foreign_key(context: ModelContext, column: Column) -> Code:
    key = column.references
    if key is None:
        raise ValueError(f"{column.name} points nowhere")
    target = literal(f"{key.table}.{key.column}")
    action = NO_ACTION.get(key.on_delete)
    ondelete = f', ondelete="{action}"' if action else ""
    late = ", use_alter=True" if key.name in context.late_keys else ""
    return Code(f"ForeignKey({target}{ondelete}{late})", (Name("ForeignKey", SQL),))


def _single_constraints(table: Table, column: Column) -> Iterator[Code]:
    """`unique=True` and `index=True`, where the naming convention gives the name that we want."""
    if any(one.columns == (column.name,) and _by_convention(one, table) for one in table.uniques):
        yield Code("unique=True")
    if any(one.columns[0][0] == column.name and _on_one(one, table) for one in table.indexes):
        yield Code("index=True")


def _default(context: ModelContext, column: Column) -> Iterator[Code]:
    item = column.field
    if item is VERSION:
        yield Code("default=1")
    elif column.primary_key and item.type == "uuid":
        yield Code("default=uuid7", (Name("uuid7", "uuid_utils.compat"),))
    elif column.references is None and item.name == context.resource.created_field:
        yield Code("default=utc_now", (Name("utc_now", "app.clock"),))
    elif column.references is None and item.name == context.resource.updated_field:
        yield Code("default=utc_now, onupdate=utc_now", (Name("utc_now", "app.clock"),))
    elif item.default is not None and column.references is None:
        yield _declared_default(item, context.enums)


def _declared_default(item: Field, enums: Enums) -> Code:
    default = item.default
    if default is None:
        raise ValueError(f"{item.name} has no default")
    if default.kind != "value":
        made = special(default.kind, item.type)
        return Code(f"default={made}", made.names)
    value = default_value(item, default, enums)
    if item.is_list or item.type == "json":
        return Code(f"default=lambda: {value}", value.names)
    return Code(f"default={value}", value.names)


def _constraints(context: ModelContext) -> Iterator[Code]:
    for unique in context.table.uniques:
        if len(unique.columns) > 1 or not _by_convention(unique, context.table):
            yield _unique(context, unique)
    for check in context.table.checks:
        yield _check(context, check)
    for index in context.table.indexes:
        if not _on_one(index, context.table):
            yield _index(context, index)


def _by_convention(unique: Unique, table: Table) -> bool:
    """Whether the naming convention gives this very name: others end in eight digits of a hash."""
    return unique.name == "_".join(["uq", table.name, *unique.columns])


def _on_one(index: Index, table: Table) -> bool:
    """Whether `index=True` makes this very index."""
    column, descending = index.columns[0]
    alone = len(index.columns) == 1 and not descending
    return alone and index.name == f"ix_{table.name}_{column}"


def _unique(context: ModelContext, unique: Unique) -> Code:
    columns = ", ".join(_attribute(context, name) for name in unique.columns)
    named = _by_convention(unique, context.table)
    name = "" if named else f', name="{unique.name}"'
    return Code(f"UniqueConstraint({columns}{name})", (Name("UniqueConstraint", SQL),))


def _index(context: ModelContext, index: Index) -> Code:
    columns = ", ".join(
        _attribute(context, name) + (".desc()" if descending else "")
        for name, descending in index.columns
    )
    return Code(f'Index("{index.name}", {columns})', (Name("Index", SQL),))


def _check(context: ModelContext, check: Check) -> Code:
    condition = _condition(context, check)
    prefix = f"ck_{context.table.name}_"
    names = [*condition.names, Name("CheckConstraint", SQL)]
    if check.name.startswith(prefix):
        name = f'"{check.name.removeprefix(prefix)}"'
    else:
        name = f'conv("{check.name}")'
        names.append(Name("conv", "sqlalchemy.schema"))
    return Code(f"CheckConstraint({condition}, name={name})", tuple(names))


def _condition(context: ModelContext, check: Check) -> Code:
    match check:
        case MembersCheck():
            return Code(
                f"{_attribute(context, check.column)}.in_({naming.class_name(check.enum.name)})"
            )
        case BoundCheck():
            bound = _bound(context, check)
            text = f"{_attribute(context, check.column)} {check.comparison} {bound}"
            return Code(text, bound.names)
        case ColumnsCheck():
            word = OPERATORS.get(check.comparison, check.comparison)
            left, right = _attribute(context, check.left), _attribute(context, check.right)
            return Code(f"{left} {word} {right}")


def _bound(context: ModelContext, check: BoundCheck) -> Code:
    kind = context.table.column(check.column).field.type
    if kind == "decimal":
        return literal(check.bound)
    return Code(
        str(float(check.bound) if kind == "float" else whole(check.comparison, check.bound))
    )


def _attribute(context: ModelContext, column: str) -> str:
    return attribute_of(context.table.column(column))


def _relationships(context: ModelContext) -> Iterator[Code]:
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
    arguments = [f"foreign_keys={_attribute(context, relation.column)}"]
    if relation.resource == context.resource.name:
        arguments.append("remote_side=id")
    return _relationship(annotation, relation.name, arguments, relation.inverse)


def _has_many(context: ModelContext, relation: HasMany) -> Code:
    target = _class(context, relation.resource)
    other = context.resources[relation.resource]
    column = next(
        item.column
        for item in other.relations
        if isinstance(item, BelongsTo) and item.name == relation.via
    )
    annotation = f'"{target} | None"' if relation.single else f'list["{target}"]'
    arguments = [f'foreign_keys="{target}.{naming.attribute(column)}"', "passive_deletes=True"]
    return _relationship(annotation, relation.name, arguments, relation.via)


def _many_to_many(context: ModelContext, relation: ManyToMany) -> Code:
    target = _class(context, relation.resource)
    arguments = [f'secondary="{relation.table}"']
    if relation.resource == context.resource.name:
        own, other = relation.own_column, relation.other_column
        arguments.append(
            f'primaryjoin="{context.resource.class_name}.id == {relation.table}.c.{own}"'
        )
        arguments.append(f'secondaryjoin="{target}.id == {relation.table}.c.{other}"')
    return _relationship(f'list["{target}"]', relation.name, arguments, relation.inverse)


def _links(context: ModelContext) -> Iterator[LinkView]:
    for relation in context.resource.relations:
        if not isinstance(relation, ManyToMany) or relation.mirrored or relation.through:
            continue
        table = context.links[relation.table]
        columns = tuple(
            f'Column("{column.name}", {_foreign_key(context, column)}, primary_key=True)'
            for column in table.columns
        )
        (index,) = table.indexes
        yield LinkView(
            variable=link_variable(relation),
            table=relation.table,
            columns=columns,
            index=f'Index("{index.name}", "{index.columns[0][0]}")',
            words=naming.title(relation.name).lower(),
        )


def link_variable(relation: ManyToMany) -> str:
    """The variable that holds a join table: `BOOKS_TAGS`."""
    return relation.table.upper()
