"""Alembic operations -> the text of a revision, printed by Alembic itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from alembic.autogenerate import render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations import ops

from generator.literals import docstring, py
from generator.migrations.creation import creation
from generator.migrations.dialects import dialect
from generator.migrations.repeatable import repeatable
from generator.migrations.sql import sql
from generator.spec.model import Engine
from generator.table import Table

VERSIONS = "migrations/versions"
FIRST = "0001"
PAGE = """\
{docstring}

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
{imports}
revision: str = {revision}
down_revision: str | None = {down_revision}
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    {downgrade}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One step of a database's history: what it does, in Alembic's operations."""

    id: str
    down: str | None
    message: str
    """A short phrase for people; the file is named after it."""
    upgrade: tuple[ops.MigrateOperation, ...]

    @property
    def path(self) -> str:
        """Where the revision stands in a project."""
        slug = re.sub(r"[^a-z0-9]+", "_", self.message.lower()).strip("_")[:60].rstrip("_")
        return f"{VERSIONS}/{self.id}_{slug}.py"

    @property
    def downgrade(self) -> tuple[ops.MigrateOperation, ...]:
        """What takes `upgrade` back. A table that goes takes its indexes along."""
        made = {step.table_name for step in self.upgrade if isinstance(step, ops.CreateTableOp)}
        steps = [
            step
            for step in self.upgrade
            if not (isinstance(step, ops.CreateIndexOp) and step.table_name in made)
        ]
        return tuple(ops.UpgradeOps(steps).reverse().ops)


def initial_revision(
    tables: tuple[Table, ...], engine: Engine, *, message: str = "Create the tables"
) -> tuple[str, str]:
    """The path and the text of a project's first revision: the same tables give the same bytes."""
    first = Revision(id=FIRST, down=None, message=message, upgrade=creation(tables, engine))
    return first.path, text(first, engine)


def text(revision: Revision, engine: Engine) -> str:
    """The module of a revision, still to be laid out by a formatter."""
    upgrade, downgrade = _code(revision.upgrade, engine), _code(revision.downgrade, engine)
    own = [name for name in ("mysql", "postgresql") if f"{name}." in f"{upgrade}{downgrade}"]
    return PAGE.format(
        docstring=docstring(f"{revision.message}."),
        imports="".join(f"from sqlalchemy.dialects import {name}\n" for name in own),
        revision=py(revision.id),
        down_revision=py(revision.down),
        upgrade=upgrade,
        downgrade=downgrade,
    )


def _code(steps: Iterable[ops.MigrateOperation], engine: Engine) -> str:
    """The steps as Python, without the lines in which Alembic says that it printed them."""
    printed = render_python_code(
        ops.UpgradeOps(list(repeatable(steps) if engine == "mariadb" else steps)),
        render_as_batch=engine == "sqlite",
        render_item=_render_item,
        migration_context=MigrationContext.configure(dialect=dialect(engine)),
    )
    lines = (line for line in printed.split("\n") if not line.lstrip().startswith("# ###"))
    return "\n".join(lines).strip()


def _render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Print a CHECK as text in which no colon starts a parameter; leave the rest to Alembic."""
    if kind != "check":
        return False
    condition = context.migration_context.impl.render_ddl_sql_expr(item.sqltext)
    return f"sa.CheckConstraint({sql(condition)}, name=op.f({py(str(item.name))}))"
