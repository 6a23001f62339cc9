"""Specs whose tables are hard to migrate."""

from __future__ import annotations

import json

from generator.fieldtypes import GRAMMARS
from generator.spec.grammar import Grammar
from generator.spec.load import load
from generator.spec.model import Engine, Spec
from generator.table import Table
from generator.tables import tables

LONG = "a_resource_whose_name_is_as_long_as_a_name_may_be_in_a_spec_xyz"
NASTY = (
    "it's",
    'say "hi"',
    ":colon",
    "a::b:c:",
    "100% %(x)s %%",
    "\\",
    "\\:x",
    "a\\\\:",
    "new\nline",
    "')) , CONSTRAINT x CHECK (",
    "$1 ? @",
    "éß漢😀",
    " ",
    "",
)

PAGE = """
scaffold: 1
service: {name: everything}
database: DATABASE
auth: none
enums:
  Status: [draft, published]
resources:
  everything:
    fields:
      a_string: string(1..200) unique
      a_text: text?
      a_smallint: smallint >= -3 <= 3
      an_int: int > 0
      a_bigint: bigint < 9000000000000000000
      a_float: float >= 0.1 < 1e300
      a_decimal: decimal(10, 2) >= 0.50 < 1000
      a_wide_decimal: decimal(38, 4) > -1.5
      a_bool: bool = false
      a_date: date?
      a_time: time
      a_datetime: datetime index
      a_duration: duration
      a_uuid: uuid
      a_json: json
      a_bytes: bytes
      an_email: email
      a_url: url
      a_slug: slug from a_string
      an_ip: ip
      a_password: password
      a_status: Status = draft
      a_maybe: Status?
      strings: string(20)[]
      numbers: int[]
      statuses: Status[]
      order: int
      select: string
    checks: [a_smallint < an_int, an_int != a_bigint, a_decimal <= a_wide_decimal]
    unique: [[a_bool, a_date]]
    indexes: [[a_date, -a_time], [a_date, a_time], [-order, select], [-a_bool], [a_string]]

  category:
    id: bigint
    fields: {name: string}
    relations:
      parent: belongs_to category? on_delete set_null inverse children
      children: has_many category

  person:
    id: string(5) /^[A-Z]{5}$/
    fields: {name: string}
    relations:
      department: belongs_to department? inverse members
      mentor: belongs_to person? on_delete cascade
      friends: many_to_many person

  department:
    id: int
    fields: {name: string}
    relations:
      manager: belongs_to person unique on_delete restrict
      deputy: belongs_to person? on_delete set_null
      category: belongs_to category on_delete cascade
      tags: many_to_many tag

  tag:
    soft_delete: true
    timestamps: false
    versioned: false
    fields: {name: slug unique}

  LONG:
    soft_delete: true
    fields:
      a_field_with_a_very_long_name_of_its_own_right_here: int index unique >= 0
    relations:
      another_relation_that_is_long: belongs_to tag
      yet_another_relation_that_is_long: many_to_many tag
"""


def spec(engine: Engine) -> Spec:
    """Every type, every kind of relation, circles and names past the limit."""
    text = PAGE.replace("LONG", LONG).replace("DATABASE", engine)
    return load(text, Grammar(types=GRAMMARS))


def everything(engine: Engine) -> tuple[Table, ...]:
    """The tables of that spec."""
    return tables(spec(engine))


BUILDABLE = """
scaffold: 1
service: {name: everything}
database: DATABASE
enums:
  Status: [draft, published]
  Nasty: NASTY
resources:
  everything:
    fields:
      a_string: string(1..200) unique
      a_text: text?
      a_smallint: smallint >= -3 <= 3
      an_int: int > 0
      a_bigint: bigint < 9000000000000000000
      a_float: float >= 0.1 < 1e300
      a_decimal: decimal(10, 2) >= 0.50 < 1000
      a_wide_decimal: decimal(38, 4) > -1.5
      a_bool: bool = false
      a_date: date?
      a_time: time
      a_datetime: datetime index
      a_duration: duration
      a_uuid: uuid
      a_json: json
      a_bytes: bytes
      an_email: email
      a_url: url
      a_slug: slug from a_string
      an_ip: ip
      a_password: password
      a_status: Status = draft
      a_maybe: Status?
      a_nasty: Nasty
      strings: string(20)[]
      decimals: decimal(10, 2)[]?
      statuses: Status[] = [draft]
      documents: json[]
      a_secret: int[]? encrypted
      order: int
      select: string
    checks: [a_smallint < an_int, an_int != a_bigint, a_decimal <= a_wide_decimal]
    unique: [[a_bool, a_date]]
    indexes: [[a_date, -a_time], [a_date, a_time], [-order, select], [-a_bool], [a_string]]

  person:
    id: string(5) /^[A-Z]{5}$/
    owned: true
    versioned: false
    soft_delete: true
    fields: {name: string unique}
    relations:
      department: belongs_to department? inverse members
      mentor: belongs_to person? on_delete cascade
      friends: many_to_many person

  department:
    id: int
    timestamps: {created: made_at, updated: changed_at}
    fields: {name: string}
    relations:
      manager: belongs_to person unique on_delete restrict
      deputy: belongs_to person? on_delete set_null
      tags: many_to_many tag

  tag:
    fields: {name: slug unique}

  notice:
    fields: {title: string}
    relations: {tag: belongs_to tag on_delete cascade}

  category:
    id: bigint
    timestamps: false
    fields: {name: string}
    relations:
      parent: belongs_to category? on_delete set_null inverse children

  legacy:
    table: "An 'old' table: 100% %x"
    id: int
    fields:
      name: {type: string(80), column: "Full, Name", unique: true}
      price: {type: "decimal(5, 2)", ge: 0, column: "pr.ice's", index: true}
      status: {type: Status, column: "st'atus"}
    relations:
      tag: {type: belongs_to, resource: tag, column: "Tag :ID"}
      tags: many_to_many tag

  LONG:
    fields:
      a_field_with_a_very_long_name_of_its_own_right_here: int index unique >= 0
    relations:
      another_relation_that_is_long: belongs_to tag
      yet_another_relation_that_is_long: many_to_many tag
"""


def buildable(engine: Engine) -> str:
    """A page that this version of the generator builds whole."""
    nasty = json.dumps(NASTY, ensure_ascii=False)
    page = BUILDABLE.replace("NASTY", nasty, 1)
    return page.replace("LONG", LONG).replace("DATABASE", engine)
