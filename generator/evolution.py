"""What becomes of a project's database when its page changes: the revisions that follow."""

from __future__ import annotations

from generator.generation import Design
from generator.migrations.lineage import heads
from generator.migrations.migration import Migration
from generator.spec.members import renamed_members
from generator.tree import Tree


def migration(before: Design, after: Design, page: str, files: Tree) -> Migration:
    """Return what leads from the tables of one design to those of another.

    `files` holds the revisions that the project has, a person's own included; two heads among
    them, left by a merge of two branches, are joined first. Raises ScaffoldError with the place in
    the page of every change that can't be made to rows that are there.
    """
    ends = heads(files)
    same_engine = before.spec.database == after.spec.database
    values = renamed_members(before.spec.enums, after.spec.enums)
    if same_engine and before.tables == after.tables and not values and len(ends) <= 1:
        return Migration()
    from generator import revising  # noqa: PLC0415 - it loads Alembic, which takes long

    if same_engine:
        return revising.followed(before, after, page, ends)
    return revising.begun_again(before, after, files)
