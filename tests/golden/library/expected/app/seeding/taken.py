"""What the rows of a table have that no other row may have."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Self

Group = tuple[str, ...]
Values = tuple[Any, ...]


class Taken:
    """The values of groups of columns that rows have; one with a null is like no other."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._seen: dict[Group, set[Values]] = {group: set() for group in groups}

    @classmethod
    def of(
        cls, groups: Sequence[Group], names: Container[str], rows: Iterable[Mapping[str, Any]]
    ) -> Self:
        """What rows have in those groups that these columns make up."""
        taken = cls(group for group in groups if all(name in names for name in group))
        for row in rows:
            taken._add(taken._values(row))
        return taken

    def __len__(self) -> int:
        """How many values there are, of all groups."""
        return sum(map(len, self._seen.values()))

    def take(self, row: Mapping[str, Any]) -> list[Group]:
        """Take what a row has; where another has it, say in which groups, and take nothing."""
        found = self._values(row)
        clashes = [group for group, values in found.items() if values in self._seen[group]]
        if not clashes:
            self._add(found)
        return clashes

    def _values(self, row: Mapping[str, Any]) -> dict[Group, Values]:
        return {group: tuple(row[name] for name in group) for group in self._seen}

    def _add(self, found: Mapping[Group, Values]) -> None:
        for group, values in found.items():
            if None not in values:
                self._seen[group].add(values)
