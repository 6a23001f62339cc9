"""What the rows of a table have that no other row may have."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Self

Group = tuple[str, ...]


class Taken:
    """The values of groups of columns that rows have; one with a null is like no other."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._seen: dict[Group, set[tuple[Any, ...]]] = {group: set() for group in groups}

    @classmethod
    def of(
        cls, groups: Sequence[Group], names: Container[str], rows: Iterable[Mapping[str, Any]]
    ) -> Self:
        """What rows have in those groups that these columns make up."""
        taken = cls(group for group in groups if all(name in names for name in group))
        for row in rows:
            taken.add(row)
        return taken

    def __len__(self) -> int:
        """How many values there are, of all groups."""
        return sum(map(len, self._seen.values()))

    def clashes(self, row: Mapping[str, Any]) -> list[Group]:
        """The groups in which a row has what another has."""
        return [group for group, seen in self._seen.items() if values_of(row, group) in seen]

    def add(self, row: Mapping[str, Any]) -> None:
        """Take what a row has."""
        for group, seen in self._seen.items():
            values = values_of(row, group)
            if None not in values:
                seen.add(values)


def values_of(row: Mapping[str, Any], group: Group) -> tuple[Any, ...]:
    """What a row has in a group of columns."""
    return tuple(row[name] for name in group)
