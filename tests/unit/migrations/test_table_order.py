"""Tables are created after what they refer to; what closes a circle waits."""

from __future__ import annotations

from generator.spec.model import Field
from generator.table import Column, ForeignKey, Table
from generator.table_order import creation_order, late_keys


def table(name: str, *targets: str) -> Table:
    field = Field(name="id", type="int")
    columns = tuple(
        Column(
            name=f"{target}_id",
            key=f"{target}_id",
            field=field,
            references=ForeignKey(name=f"fk_{name}_{target}", table=target),
        )
        for target in targets
    )
    return Table(name=name, columns=columns)


def order(*tables: Table) -> list[str]:
    return [found.name for found in creation_order(tables)]


def late(*tables: Table) -> set[str]:
    return set(late_keys(creation_order(tables)))


def test_the_order_of_the_spec_stands_where_it_can() -> None:
    assert order(table("c"), table("a"), table("b", "a")) == ["c", "a", "b"]


def test_a_table_follows_what_it_refers_to() -> None:
    tables = (table("c", "b"), table("b", "a"), table("a"))
    assert order(*tables) == ["a", "b", "c"]
    assert late(*tables) == set()


def test_a_table_may_refer_to_itself() -> None:
    assert order(table("a", "a")) == ["a"]
    assert late(table("a", "a")) == set()


def test_a_circle_is_opened_at_its_first_table() -> None:
    tables = (table("x", "a"), table("a", "b"), table("b", "a", "c"), table("c"))
    assert order(*tables) == ["c", "a", "x", "b"]
    assert late(*tables) == {"fk_a_b"}


def test_a_circle_that_others_wait_for_comes_first() -> None:
    tables = (table("p", "q"), table("q", "p", "a"), table("a", "b"), table("b", "a"))
    assert order(*tables) == ["a", "b", "p", "q"]
    assert late(*tables) == {"fk_a_b", "fk_p_q"}
