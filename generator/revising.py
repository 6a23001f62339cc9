"""The revisions that lead from one design's tables to another's, by Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.errors import ScaffoldError
from generator.generation import Design
from generator.migrations.change import changes
from generator.migrations.following import revisions
from generator.migrations.history import joined
from generator.migrations.lineage import VERSIONS
from generator.migrations.migration import Migration
from generator.migrations.renames import renames
from generator.migrations.revision import initial_revision
from generator.migrations.statements import statements
from generator.migrations.step import ImpossibleChangeError, Obstacle
from generator.spec.members import renamed_members
from generator.spec.places import Places
from generator.tree import Tree


def followed(before: Design, after: Design, page: str, ends: tuple[str, ...]) -> Migration:
    """Return the revisions that follow the ends of a history, which are joined first.

    Raises ScaffoldError with the place in the page of every change that rows can't be brought over.
    """
    engine = after.spec.database
    join = joined(ends) if len(ends) > 1 else None
    head = join.id if join else next(iter(ends), None)
    values = renamed_members(before.spec.enums, after.spec.enums)
    renamed = renames(before.resources, after.resources, values)
    try:
        steps = changes(before.tables, after.tables, renamed, engine)
    except ImpossibleChangeError as error:
        raise _placed(error, after, page) from error
    first = [join.file] if join else []
    written = Tree([*first, *revisions(steps, engine, head)])
    return Migration(
        revisions=written,
        steps=steps,
        said=partial(statements, written.values(), before.tables, engine),
    )


def begun_again(before: Design, after: Design, files: Tree) -> Migration:
    """Start the history of another engine; what was done on the old one is put aside."""
    aside = f"migrations/{before.spec.database}"
    path, text = initial_revision(after.tables, after.spec.database)
    return Migration(
        revisions=Tree([(path, text)]),
        moved={old: old.replace(VERSIONS, aside, 1) for old in files},
    )


def _placed(error: ImpossibleChangeError, after: Design, page: str) -> ScaffoldError:
    places = Places(page)
    lines = (f"{_place(one, after, places)}{one.message}" for one in error.obstacles)
    return ScaffoldError("\n".join([*lines, "nothing was written"]))


def _place(obstacle: Obstacle, after: Design, places: Places) -> str:
    """Where the page says the column, as an error of the page would."""
    for path in _paths(obstacle, after):
        if (found := places.of(path)) is not None:
            return f"service.yaml:{found[0]}:{found[1]}: {'.'.join(path)}: "
    return f"{obstacle.table}.{obstacle.column}: "


def _paths(obstacle: Obstacle, after: Design) -> Iterator[tuple[str, ...]]:
    """The paths of the page that may say a column, the likeliest first."""
    for resource in after.resources:
        if resource.table == obstacle.table:
            for part in ("fields", "relations"):
                for one in getattr(resource, part):
                    if obstacle.column in (one.name, getattr(one, "column", "")):
                        yield ("resources", resource.name, part, one.name)
            yield ("resources", resource.name)
