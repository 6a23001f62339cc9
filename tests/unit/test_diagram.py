"""The diagram shows each table, its columns and what refers to what, in what Mermaid can read."""

from __future__ import annotations

import mermaid
import pytest

from generator import pipeline
from generator.spec.load import load
from generator.tables import tables
from generator.views.diagram import diagram

PAGE = """\
scaffold: 1
service: {name: shop}
resources:
  maker:
    fields:
      name: string unique
    relations:
      licence: has_one licence
      things: has_many thing
  licence:
    relations:
      maker: belongs_to maker unique
  thing:
    fields:
      tags: string[]
      code: {type: int, column: "Legacy Code"}
    relations:
      maker: belongs_to maker
      parent: belongs_to thing?
      twin: belongs_to thing? unique
      labels: many_to_many label
      alike: many_to_many thing
      shops: many_to_many shop through offer
  label: {}
  shop: {}
  offer:
    soft_delete: true
    relations:
      thing: belongs_to thing
      shop: belongs_to shop?
    unique: [[shop]]
"""
NAMES = """\
scaffold: 1
service: {name: shop}
database: postgresql
auth: none
resources:
  many:
    plural: many
    fields:
      pk: string
      uk: {type: string, column: 1st "name"}
      fk: {type: string, column: "Grüße ²"}
  thing:
    table: 'one "of" 50% \\ `these`'
    relations:
      whole: {type: belongs_to, resource: many, column: 'the "whole"'}
"""


def drawn(page: str) -> tuple[str, ...]:
    return diagram(tables(load(page, pipeline.grammar())))


def test_tables_and_columns() -> None:
    lines = drawn(PAGE)
    assert {
        "makers {",
        "    uuid id PK",
        "    string name UK",
        "    string[] tags",
        "    int Legacy_Code",
        "    uuid maker_id FK",
        "    uuid twin_id FK, UK",
        "    uuid thing_id PK, FK",
    } <= set(lines)


def test_each_relation_has_its_cardinalities() -> None:
    links = {line for line in drawn(PAGE) if "--" in line}
    assert links == {
        'makers ||--o| licences : "maker_id"',
        'makers ||--o{ things : "maker_id"',
        'things |o--o{ things : "parent_id"',
        'things |o--o| things : "twin_id"',
        'things ||--o{ things_labels : "thing_id"',
        'labels ||--o{ things_labels : "label_id"',
        'things ||--o{ things_alike : "thing_id"',
        'things ||--o{ things_alike : "alike_id"',
        'things ||--o{ offers : "thing_id"',
        'shops |o--o| offers : "shop_id"',
    }


def test_names_that_mermaid_has_another_use_for() -> None:
    lines = drawn(NAMES)
    assert {
        '"many" {',
        "    string pk_",
        "    string _1st__name_",
        "    string Grüße__",
        '"one _of_ 50_ _ _these_" {',
        '"many" ||--o{ "one _of_ 50_ _ _these_" : "the _whole_"',
    } <= set(lines)


@pytest.mark.parametrize("page", [PAGE, NAMES], ids=["relations", "names"])
def test_mermaid_can_read_it(page: str) -> None:
    assert mermaid.unread(drawn(page)) == []


@pytest.mark.parametrize(
    "line",
    ["many {", "    string pk", "    int 1st", "a ||--o{ b", "a b {", 'a }|--o{ b : "c"'],
)
def test_the_check_knows_what_mermaid_refuses(line: str) -> None:
    assert mermaid.unread(("things {", "    uuid id PK", "}", line)) == [line]
