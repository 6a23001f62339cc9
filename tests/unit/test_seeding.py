"""What seeded rows are made of: told by names, within what fields allow, alike on every engine."""

from __future__ import annotations

from typing import get_args

import pytest
from generated.projects import SAMPLES, with_engine

from generator import pipeline
from generator.spec.model import Engine
from generator.tree import Tree
from generator.views.seeding_names import CODES, KNOWN


def seeds(resource: str, *fields: str) -> str:
    """The seeds of a resource with these fields."""
    lines = "".join(f"      {field}\n" for field in fields)
    text = (
        f"scaffold: 1\nservice: {{name: x}}\nauth: none\n"
        f"resources:\n  {resource}:\n    plural: rows\n    fields:\n{lines}"
    )
    return made(text)["app/resources/rows/seeds.py"]


def made(text: str) -> Tree:
    return pipeline.generate(pipeline.read(text), text)


@pytest.mark.parametrize(
    ("resource", "field", "maker"),
    [
        ("author", "name: string", "some(texts(words.PEOPLE, 0, 255))"),
        ("supplier", "name: string unique", "each(texts(words.COMPANIES, 0, 255))"),
        ("product", "title: string(80)", "some(texts(words.GOODS, 0, 80))"),
        ("ticket", "title: string(80)", "some(texts(words.REQUESTS, 0, 80))"),
        ("book", "title: string(80)", "some(texts(words.TITLES, 0, 80))"),
        ("order", "contact_name: string(80)", "some(texts(words.PEOPLE, 0, 80))"),
        ("tag", "name: slug unique", "each(slugs(words.TOPICS, 100))"),
        ("order", "country: string", "some(texts(words.COUNTRIES, 0, 255))"),
        ("order", "postal_code: string(12)", 'some(shaped([("0123456789", 5)]))'),
        ("order", "phone: string(20)? /^[+0-9 ]+$/", "maybe(some(phones(0, 20)))"),
        ("order", "note: text", "some(sentences(0, 65536))"),
        ("order", "paid_at: datetime?", "maybe(afterwards())"),
        ("order", "price: decimal(8, 2) > 0 < 10", "some(decimals(100, 999, 999, 2))"),
        ("order", "state: string(2) /^[xy]$/", 'some(shaped([("xy", 1)]))'),
    ],
)
def test_the_name_of_a_field_says_what_it_is_filled_with(
    resource: str, field: str, maker: str
) -> None:
    name = field.partition(":")[0]
    assert f'"{name}": {maker},' in seeds(resource, field)


def test_a_code_of_a_standard_is_one_where_the_field_has_its_form() -> None:
    assert '"AT"' in seeds("order", "country: string(2) /^[A-Z]{2}$/")
    assert '"de_DE"' not in seeds("order", "locale: string(2) /^[a-z]{2}$/")
    assert "choices" not in seeds("order", "currency: string(3) unique /^[A-Z]{3}$/")


def test_the_name_of_a_person_is_that_of_the_address() -> None:
    both = seeds("customer", "name: string", "email: email unique")
    assert both.index('"email":') < both.index('"name": person_of("email", ')
    assert "person_of" not in seeds("product", "name: string", "email: email unique")


@pytest.mark.parametrize("sample", ["bookstore", "everything"])
def test_engines_differ_in_nothing_that_makes_rows(sample: str) -> None:
    text = (SAMPLES / f"{sample}.yaml").read_text("utf-8")
    trees = [made(with_engine(text, engine)) for engine in get_args(Engine)]
    files = [
        {path: tree[path] for path in tree if path.startswith("app/seeding/")} for tree in trees
    ]
    assert files[0]
    assert files[0] == files[1] == files[2]


def test_what_is_known_of_names_is_said_once() -> None:
    assert not CODES.keys() & KNOWN.keys()
