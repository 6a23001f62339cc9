"""Names: their plurals, their Python and SQL forms, and what each library keeps for itself."""

from __future__ import annotations

import enum
import keyword
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, create_model
from sqlalchemy import Integer
from sqlalchemy.orm import DeclarativeBase, mapped_column

from generator import naming

PLURALS = {
    "category": "categories",
    "person": "people",
    "news": "news",
    "order_item": "order_items",
    "status": "statuses",
    "address": "addresses",
    "bus": "buses",
    "analysis": "analyses",
    "leaf": "leaves",
    "criterion": "criteria",
    "hero": "heroes",
    "lens": "lenses",
    "movie": "movies",
    "virus": "viruses",
    "series": "series",
    "child": "children",
    "index": "indices",
    "a1": "a1s",
    "item_2": "item_2s",
}


@pytest.mark.parametrize(("one", "many"), PLURALS.items())
def test_plurals_and_back(one: str, many: str) -> None:
    assert naming.plural(one) == many
    assert naming.singular(many) == one
    assert naming.singular(one) == one


@given(st.from_regex(r"[a-z][a-z0-9]{0,9}(_[a-z0-9]{1,9}){0,3}", fullmatch=True))
def test_a_plural_is_a_name(name: str) -> None:
    many = naming.plural(name)
    assert naming.snake(naming.pascal(many)).replace("_", "") == many.replace("_", "")
    assert many == naming.plural(name)


def test_cases() -> None:
    assert naming.pascal("order_item") == "OrderItem"
    assert naming.camel("order_item") == "orderItem"
    assert naming.camel("order") == "order"
    assert naming.dashed("order_item") == "order-item"
    assert naming.title("book-store") == "Book store"
    assert naming.snake("OrderItem") == "order_item"
    assert naming.snake("HTTPLog") == "http_log"
    assert naming.snake("Order item!") == "order_item"
    assert naming.class_name("none") == "None_"
    assert naming.class_name("BookStatus") == "BookStatus"


KEPT = (
    "type",
    "format",
    "filter",
    "license",
    "id",
    "name",
    "model_name",
    "order",
    "select",
    "user",
)
CHANGED = ("class", "from", "metadata", "registry", "json", "copy", "schema", "validate", "date")


def test_an_attribute_changes_only_where_it_must() -> None:
    assert [naming.attribute(name) for name in KEPT] == [*KEPT]
    assert [naming.attribute(name) for name in CHANGED] == [f"{name}_" for name in CHANGED]


def test_every_member_of_a_pydantic_model_is_known() -> None:
    public = [name for name in dir(BaseModel) if not name.startswith("_")]
    assert all(naming.attribute(name) == f"{name}_" for name in public)


NASTY = sorted({*keyword.kwlist, *keyword.softkwlist, *KEPT, *CHANGED, "self", "request", "query"})
LOWER = [name for name in NASTY if name.islower() and not name.startswith("_")]


@pytest.mark.parametrize("name", LOWER)
def test_every_name_is_possible_in_both_kinds_of_class(name: str) -> None:
    attribute = naming.attribute(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fields = {attribute: (int, 1)}
        model = create_model("Model", **fields)  # type: ignore[call-overload]
        assert getattr(model(), attribute) == 1

        class Base(DeclarativeBase):
            pass

        columns = {"id": mapped_column(Integer, primary_key=True)}
        columns[attribute] = mapped_column(name, Integer, primary_key=name == "id")
        table = type("Row", (Base,), {"__tablename__": "rows", **columns})
        assert getattr(table(**{attribute: 2}), attribute) == 2


ODD = ["a", "A", "a-2", "", "é", "1", "mro", "東京", "🎉", "  ", "a b", "None", "class", "_x_", "ß"]


def test_members_have_readable_unique_names() -> None:
    names = naming.member_names(ODD)
    assert names[:6] == ("A", "A_3", "A_2", "VALUE", "E", "VALUE_1")
    assert len(set(names)) == len(ODD)


@given(st.lists(st.text(max_size=20), unique=True, max_size=30))
def test_members_are_possible_for_any_text(values: list[str]) -> None:
    names = naming.member_names(values)
    assert names == naming.member_names(values)
    assert all(name.isidentifier() and name.isascii() and name == name.upper() for name in names)
    members = enum.StrEnum("Made", dict(zip(names, values, strict=True)))  # type: ignore[misc]
    assert [member.value for member in members] == values


def test_a_constraint_name_is_cut_and_hashed_past_the_limit() -> None:
    assert naming.constraint_name("uq", "books", "author_id", "title", limit=63) == (
        "uq_books_author_id_title"
    )
    names = {
        naming.constraint_name("ix", "t" * 60, f"c{n}", "x" * 40, limit=limit)
        for n in range(50)
        for limit in (63, 64)
    }
    assert len(names) == 100
    assert {len(name) for name in names} <= {62, 63, 64}
    again = naming.constraint_name("ix", "t" * 60, "c0", "x" * 40, limit=63)
    assert again in names


NEAREST = [
    ("decimel", ["decimal", "date"], "decimal"),
    ("feilds", ["fields", "filter"], "fields"),
    ("itn", ["int", "ip"], "int"),
    ("postgres", ["sqlite", "postgresql"], "postgresql"),
    ("soft-delete", ["soft_delete"], "soft_delete"),
    ("INT", ["int"], "int"),
    ("x", ["y"], None),
    ("banana", ["apple"], None),
    ("", ["a"], None),
    ("word", [], None),
]


@pytest.mark.parametrize(("word", "words", "near"), NEAREST)
def test_the_nearest_word(word: str, words: list[str], near: str | None) -> None:
    assert naming.nearest(word, words) == near


@pytest.mark.parametrize(
    "words",
    [
        "an order",
        "an appointment",
        "a book",
        "a user",
        "a unit",
        "an uncle",
        "a one off",
        "an hour",
        "a house",
        "an honour",
        "a horse",
        "an heir",
        "an x ray",
        "a u turn",
        "a URL",
        "an Upload",
        "a uuid",
        "a European",
        "an index",
        "a USB stick",
        "an ISBN",
    ],
)
def test_an_article_follows_the_sound(words: str) -> None:
    assert naming.with_article(words.split(" ", 1)[1]) == words
