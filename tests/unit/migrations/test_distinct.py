"""No two names of a database are the same, and the common ones stay as they are."""

from __future__ import annotations

from generator.distinct import distinct
from generator.table import Index

ASCENDING = Index(name="ix_a_b_c", columns=(("b_c", False),))
DESCENDING = Index(name="ix_a_b_c", columns=(("b_c", True),))


def test_the_first_keeps_its_name() -> None:
    taken: set[str] = set()
    first, second = distinct([ASCENDING, DESCENDING], taken, "a")
    assert first == ASCENDING
    assert second.name.startswith("ix_a_b_c_")
    assert second.columns == DESCENDING.columns
    assert taken == {first.name, second.name}


def test_the_same_index_of_another_table_has_another_name() -> None:
    taken = {"ix_a_b_c"}
    one, other = distinct([ASCENDING], taken, "a"), distinct([ASCENDING], taken, "a_b")
    assert one[0].name != other[0].name
    assert max(len(name) for name in taken) <= 63


def test_names_at_the_limit_stay_within_it() -> None:
    long = Index(name="i" * 63, columns=(("a", False),))
    first, second = distinct([long, long], set(), "a")
    assert first.name == long.name
    assert len(second.name) == 63
