"""The diagram shows each table, its columns and what refers to what."""

from __future__ import annotations

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
  thing:
    fields:
      tags: string[]
      code: {type: int, column: "Legacy Code"}
    relations:
      maker: belongs_to maker
      parent: belongs_to thing? unique
"""


def test_tables_columns_and_links() -> None:
    lines = diagram(tables(load(PAGE, pipeline.grammar(), refuse=())))
    assert {
        'makers ||--o{ things : "maker_id"',
        'things |o--o| things : "parent_id"',
        "makers {",
        "    uuid id PK",
        "    string name UK",
        "    string[] tags",
        "    int Legacy_Code",
        "    uuid maker_id FK",
        "    uuid parent_id FK, UK",
    } <= set(lines)
    assert lines.count("}") == 2
