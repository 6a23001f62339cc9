"""Operations that Alembic has no word for, or doesn't print, and how a revision says them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import render_op, renderers
from alembic.operations import ops

from generator.literals import py
from generator.migrations.sql import sql

Operation = ops.MigrateOperation


@dataclass(frozen=True, slots=True)
class StatementOp(Operation):
    """A statement in words that Alembic doesn't have; `table_name` is what it changes."""

    text: str
    table_name: str | None = None


class CheckOp(ops.CreateCheckConstraintOp):
    """A CHECK in whose text no colon starts a parameter."""


class KeyOp(ops.CreatePrimaryKeyOp):
    """A primary key; Alembic has the operation, and prints none."""


class ConvertOp(ops.AlterColumnOp):
    """Another type of a column, with what PostgreSQL makes of each value: `using`."""

    using: str | None = None


@dataclass(frozen=True, slots=True)
class BatchOp(Operation):
    """Operations on one table that SQLite does at once, by making the table anew."""

    table_name: str
    ops: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class OutsideOp(Operation):
    """Operations that PostgreSQL does outside of any transaction."""

    ops: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class CallOp(Operation):
    """A call of a function that the revision brings along; arguments are source text."""

    table_name: str
    function: Any
    arguments: tuple[str, ...] = field(default=())


@renderers.dispatch_for(StatementOp)
def _statement(_: AutogenContext, step: StatementOp) -> str:
    return f"op.execute({sql(step.text)})"


@renderers.dispatch_for(CheckOp)
def _check(context: AutogenContext, step: CheckOp) -> str:
    prefix = "batch_op" if context._has_batch else "op"
    condition = context.migration_context.impl.render_ddl_sql_expr(step.to_constraint().sqltext)
    words = [f"op.f({py(str(step.constraint_name))})"]
    words += [] if context._has_batch else [py(str(step.table_name))]
    words += [sql(condition), *(f"{key}={py(value)}" for key, value in step.kw.items())]
    return f"{prefix}.create_check_constraint({', '.join(words)})"


@renderers.dispatch_for(KeyOp)
def _key(context: AutogenContext, step: KeyOp) -> str:
    prefix = "batch_op" if context._has_batch else "op"
    words = [f"op.f({py(str(step.constraint_name))})"]
    words += [] if context._has_batch else [py(str(step.table_name))]
    return f"{prefix}.create_primary_key({', '.join(words)}, {py([*map(str, step.columns)])})"


@renderers.dispatch_for(ConvertOp)
def _convert(context: AutogenContext, step: ConvertOp) -> list[str]:
    (text,) = render_op(context, _plain(step))
    using = f",\npostgresql_using={py(step.using)})" if step.using else ")"
    return [text[:-1] + using]


def _plain(step: ConvertOp) -> ops.AlterColumnOp:
    plain = ops.AlterColumnOp(step.table_name, step.column_name)
    plain.__dict__.update({k: v for k, v in step.__dict__.items() if k != "using"})
    return plain


@renderers.dispatch_for(ops.RenameTableOp)
def _rename(_: AutogenContext, step: ops.RenameTableOp) -> str:
    return f"op.rename_table({py(str(step.table_name))}, {py(str(step.new_table_name))})"


@renderers.dispatch_for(BatchOp)
def _batch(context: AutogenContext, step: BatchOp) -> list[str]:
    lines = [f"with op.batch_alter_table({py(step.table_name)}) as batch_op:"]
    with context._within_batch():
        for inner in step.ops:
            lines.extend(render_op(context, inner))
    return [*lines, ""]


@renderers.dispatch_for(OutsideOp)
def _outside(context: AutogenContext, step: OutsideOp) -> list[str]:
    lines = ["with op.get_context().autocommit_block():"]
    for inner in step.ops:
        lines.extend(render_op(context, inner))
    return [*lines, ""]


@renderers.dispatch_for(CallOp)
def _call(_: AutogenContext, step: CallOp) -> str:
    return f"{step.function.__name__}({', '.join(step.arguments)})"
