"""What the seeds of one table are made from."""

from __future__ import annotations

from dataclasses import dataclass

from generator.fieldtype import Name
from generator.spec.model import BelongsTo, Resource
from generator.table import Column, Table
from generator.views.code import Code, Enums
from generator.views.seeding_order import seeded

MAKERS = "app.seeding.makers"
SEEDS = "app.seeding.seeds"
READERS = "app.seeding.readers"


@dataclass(frozen=True, slots=True)
class SeedContext:
    """The resource, and all that there is beside it."""

    resource: Resource
    resources: dict[str, Resource]
    tables: dict[str, Table]
    enums: Enums
    before: frozenset[str]
    """The tables that have rows when this one gets its own."""

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.tables[self.resource.table]

    def target(self, column: Column) -> Resource:
        """What a reference points at."""
        key = column.references
        return next(one for one in self.resources.values() if key and one.table == key.table)

    def relation(self, column: Column) -> BelongsTo:
        """The relation that a reference stands for."""
        links = (one for one in self.resource.relations if isinstance(one, BelongsTo))
        return next(one for one in links if one.column == column.name)


def seed_context(
    resource: Resource, resources: dict[str, Resource], tables: dict[str, Table], enums: Enums
) -> SeedContext:
    """What the seeds of a resource are made from."""
    names = [one.table for one in seeded(resources.values())]
    before = frozenset(names[: names.index(resource.table)])
    return SeedContext(resource, resources, tables, enums, before)


def made(name: str, *arguments: Code | str, module: str = MAKERS) -> Code:
    """A call of what makes values."""
    names = [one for item in arguments if isinstance(item, Code) for one in item.names]
    return Code(f"{name}({', '.join(map(str, arguments))})", (Name(name, module), *names))
