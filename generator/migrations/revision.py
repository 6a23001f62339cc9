"""Alembic operations -> the text of a revision, printed by Alembic itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations import ops

from generator.literals import comment, docstring, py
from generator.migrations.batches import batched
from generator.migrations.creation import creation
from generator.migrations.dialects import dialect
from generator.migrations.lineage import VERSIONS
from generator.migrations.operations import Operation
from generator.migrations.repeatable import repeatable
from generator.migrations.rows import brought_along
from generator.migrations.sql import sql
from generator.spec.model import Engine
from generator.table import Table

FIRST = "0001"
PLAIN_IMPORTS = (
    "from collections.abc import Sequence",
    "",
    "import sqlalchemy as sa",
    "from alembic import op",
)
IMPORTS = (
    "import json",
    "import re",
    "from collections.abc import Iterator, Sequence",
    "from decimal import ROUND_HALF_UP, Context, Decimal",
    "from typing import Any",
    "from unicodedata import category, normalize",
    "",
    "import sqlalchemy as sa",
    "from alembic import op",
)
"""Of what functions that come along may need; a formatter takes out the rest."""
DIALECT = "from sqlalchemy.dialects import {}"
PAGE = """\
{docstring}

{imports}

revision: str = {revision}
down_revision: {down_type} = {down_revision}
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


{functions}def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    {notes}{downgrade}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One step of a database's history: what it does, in Alembic's operations."""

    id: str
    down: str | tuple[str, ...] | None
    message: str
    """A short phrase for people; the file is named after it."""
    upgrade: tuple[Operation, ...]
    downgrade: tuple[Operation, ...]
    details: tuple[str, ...] = ()
    """What it does, one by one, where the message doesn't say all of it."""
    notes: tuple[str, ...] = ()
    """What taking it back can't restore."""

    @property
    def path(self) -> str:
        """Where the revision stands in a project."""
        slug = re.sub(r"[^a-z0-9]+", "_", self.message.lower()).strip("_")[:60].rstrip("_")
        return f"{VERSIONS}/{self.id}_{slug}.py"


def initial_revision(
    tables: tuple[Table, ...], engine: Engine, *, message: str = "Create the tables"
) -> tuple[str, str]:
    """The path and the text of a project's first revision: the same tables give the same bytes."""
    made = creation(tables, engine)
    first = Revision(id=FIRST, down=None, message=message, upgrade=made, downgrade=reverse(made))
    return first.path, text(first, engine)


def reverse(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """What takes operations back. A table that goes takes its indexes along."""
    made = {step.table_name for step in operations if isinstance(step, ops.CreateTableOp)}
    steps = [
        step
        for step in operations
        if not (isinstance(step, ops.CreateIndexOp) and step.table_name in made)
    ]
    return tuple(ops.UpgradeOps(steps).reverse().ops)


def text(revision: Revision, engine: Engine) -> str:
    """The module of a revision, still to be laid out by a formatter."""
    upgrade, downgrade = code(revision.upgrade, engine), code(revision.downgrade, engine)
    functions = brought_along(f"{upgrade}{downgrade}")
    own = [name for name in ("mysql", "postgresql") if f"{name}." in f"{upgrade}{downgrade}"]
    return PAGE.format(
        docstring=_docstring(revision),
        imports="\n".join([*(IMPORTS if functions else PLAIN_IMPORTS), *map(DIALECT.format, own)]),
        revision=py(revision.id),
        down_type="tuple[str, ...]" if isinstance(revision.down, tuple) else "str | None",
        down_revision=py(revision.down),
        functions="".join(f"{source}\n\n" for source in functions),
        upgrade=upgrade,
        notes="".join(f"# {comment(note)}\n    " for note in revision.notes),
        downgrade=downgrade,
    )


def _docstring(revision: Revision) -> str:
    """What the revision says of itself: all that it does, in a list where that is much."""
    if not revision.details:
        return docstring(f"{revision.message}.")
    lines = [f"{revision.message}.", "", *(f"- {line}" for line in revision.details)]
    return docstring("\n".join(lines)).removesuffix('"""') + '\n"""'


def code(steps: Iterable[Operation], engine: Engine) -> str:
    """The steps as Python, without the lines in which Alembic says that it printed them."""
    printed = render_python_code(
        ops.UpgradeOps(list(FORMS[engine](steps))),
        render_as_batch=engine == "sqlite",
        render_item=_render_item,
        migration_context=MigrationContext.configure(dialect=dialect(engine)),
    )
    lines = (line for line in printed.split("\n") if not line.lstrip().startswith("# ###"))
    return "\n".join(lines).strip()


FORMS: Mapping[Engine, Callable[[Iterable[Operation]], Iterable[Operation]]] = {
    "sqlite": batched,
    "postgresql": iter,
    "mariadb": repeatable,
}
"""How an engine has its operations."""


def _render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Print a CHECK or a default as text in which no colon starts a parameter; leave the rest."""
    if kind == "server_default" and isinstance(item, sa.DefaultClause):
        return f"sa.text({sql(str(item.arg))})"
    if kind != "check":
        return False
    condition = context.migration_context.impl.render_ddl_sql_expr(item.sqltext)
    return f"sa.CheckConstraint({sql(condition)}, name=op.f({py(str(item.name))}))"
