"""The page of the API: its words, its documents, and what its examples send."""

from __future__ import annotations

import json
import re

import pytest

from generator import pipeline
from generator.spec.model import Verb
from generator.tree import Tree
from generator.views.api_words import who_of
from generator.views.json_values import Placeholder, json_lines
from generator.views.rules import RuleView

HEAD = "scaffold: 1\nservice: {name: x}\n"
EXAMPLE = re.compile(r"```http\n(.*?)```\n\n(`[^\n]*)(?:\n\n```json\n(.*?)```)?", re.DOTALL)


def page(text: str) -> str:
    return made(text)["docs/api.md"]


def made(text: str) -> Tree:
    return pipeline.generate(pipeline.read(HEAD + text), HEAD + text)


def examples(text: str) -> list[tuple[str, str, str]]:
    """The requests of the one resource of a spec, the statuses, and the answers."""
    section = page(text).rsplit("\n## ", 1)[1]
    return EXAMPLE.findall(section)


def rule(verb: Verb, *words: str) -> RuleView:
    return RuleView(verb, words)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([rule("get", "public")], "everyone"),
        ([rule("get", "authenticated")], "anyone signed in"),
        ([rule("create", "owner", "admin")], "anyone signed in"),
        ([rule("get", "owner", "admin")], "`admin`, the owner"),
        ([rule("list", "owner")], "anyone signed in for their own"),
        ([rule("get", "public"), rule("list", "admin")], "`admin`"),
        ([rule("get", "admin"), rule("list", "authenticated")], "`admin`"),
        ([rule("get", "admin"), rule("list", "admin", "clerk")], "`admin`"),
        ([rule("get", "admin"), rule("list", "admin")], "`admin`"),
        ([rule("get", "admin"), rule("list", "clerk")], "`admin`; and of those, `clerk`"),
        (
            [rule("get", "owner"), rule("list", "owner")],
            "the owner; and of those, anyone signed in for their own",
        ),
    ],
)
def test_who_may(rules: list[RuleView], said: str) -> None:
    assert who_of(tuple(rules)) == said


def test_a_document_is_json_but_for_names_of_numbers() -> None:
    value = {"a": [1, {"b": None}], "c": "ü\u2028", "d": {}, "e": Placeholder("book_id")}
    text = "\n".join(json_lines(value))
    assert json.loads(text) == {**value, "e": "{book_id}"}
    assert text.isprintable() or "\u2028" not in text
    assert json_lines(Placeholder("book_id", is_text=False)) == ("{book_id}",)


def test_an_example_sends_what_is_asked_and_shows_what_is_shown() -> None:
    (request, status, answer), *_ = examples("""
auth: none
resources:
  thing:
    fields:
      name: {type: string, example: Anvil}
      kind: string = plain
      pin: string writeonly
      note: text? hidden
      count: int readonly = 3
      level: smallint >= 4
""")
    assert request.startswith("POST /api/v1/things\nContent-Type: application/json\n")
    assert json.loads(request.split("\n\n")[1]) == {"name": "Anvil", "pin": "Pin 1", "level": 5}
    assert status == '`201 Created`, `Location: /api/v1/things/{thing_id}`, `ETag: "1"`'
    assert json.loads(answer) == {
        "id": "{thing_id}",
        "name": "Anvil",
        "kind": "plain",
        "count": 3,
        "level": 5,
        "created_at": "{an instant}",
        "updated_at": "{an instant}",
    }


def test_what_is_made_by_nobody_is_there_before() -> None:
    thing = "{fields: {name: string}, operations: [get], access: {get: admin}}"
    tree = made(f"resources: {{thing: {thing}}}")
    (request, status, answer), *others = EXAMPLE.findall(tree["docs/api.md"].rsplit("\n## ", 1)[1])
    assert (request, others) == (
        "GET /api/v1/things/{thing_id}\nAuthorization: Bearer {admin_token}\n",
        [],
    )
    assert status == '`200 OK`, `ETag: "1"`'
    assert json.loads(answer)["name"] == "Name 1"
    assert 'make_thing(database, owner, **{"name": "Name 1"})' in tree["tests/test_api_page.py"]


def test_a_row_has_another_name_than_what_it_refers_to() -> None:
    (request, _, answer), *_ = examples("""
auth: none
resources:
  maker: {}
  thing: {relations: {thing: belongs_to maker}}
""")
    assert json.loads(request.split("\n\n")[1]) == {"thing_id": "{thing_id}"}
    assert json.loads(answer)["id"] == "{this_thing_id}"


def test_whoever_made_a_row_changes_it_and_others_where_they_may_not() -> None:
    text = """
auth: {roles: [clerk]}
resources:
  thing:
    owned: true
    fields: {name: string}
    access: {list: clerk, get: public, create: authenticated, update: owner, delete: admin}
"""
    tokens = [re.findall(r"Bearer \{(\w+)_token\}", request) for request, _, _ in examples(text)]
    assert tokens == [["user"], [], ["clerk"], ["user"], ["admin"]]


@pytest.mark.parametrize(
    ("fields", "cell"),
    [
        ("name: string(2..4)", "| `name` | text | required; 2 to 4 characters | |"),
        ("name: string(3..3) unique immutable", "required; unique; never changes; 3 characters |"),
        ("name: password", "| password | required; never shown; 12 to 128 characters | |"),
        ("name: 'int[] = [1]'", "| list: whole number | `[1]` if left out | |"),
        ("name: date = today", "| date | today if left out | |"),
        ("name: url?", "| URL | may be null | |"),
        ("name: 'string /^a|b$/'", r"has a match of `^a\|b$` | |"),
        ("name: {type: text, description: 'a | b'}", r"characters. a \| b | |"),
    ],
)
def test_a_field_has_its_rules(fields: str, cell: str) -> None:
    text = f"auth: none\nresources: {{thing: {{fields: {{{fields}}}}}}}"
    assert cell in page(text)


def test_without_accounts_nobody_is_spoken_of() -> None:
    text = page("auth: none\nresources: {thing: {fields: {name: string}}}")
    assert not re.search("who may|account|token|sign|Bearer", text)
    assert "| request | does what |\n|---|---|\n| `GET /things` | lists things |\n" in text


def test_a_default_is_what_the_api_answers() -> None:
    answer = examples("""
auth: none
resources:
  thing:
    fields:
      price: decimal(6, 2) = 0.1
      pause: duration = P1DT30M
      at: datetime = 2026-01-31T09:30:00+02:00
      day: date = today
""")[0][2]
    shown = json.loads(answer)
    assert shown["price"] == "0.10"
    assert shown["pause"] == "P1DT30M"
    assert shown["at"] == "2026-01-31T07:30:00Z"
    assert shown["day"] == "{a date}"


def test_accounts_hold_what_every_account_does_and_what_the_spec_adds() -> None:
    text = page("auth: {roles: [clerk]}\nresources:\n  user: {fields: {phone: string(20)?}}\n")
    assert "| `role` | `user`, `clerk` or `admin` |" in text
    assert "| `phone` | text | may be null; at most 20 characters | |" in text


@pytest.mark.parametrize(
    ("to", "said"),
    [("date", "`since <= to`."), ("date?", "`since <= to`, unless one of them is null.")],
)
def test_a_check_passes_by_null_where_there_may_be_one(to: str, said: str) -> None:
    fields = f"fields: {{since: date, to: '{to}'}}"
    assert f"- {said}" in page(f"resources:\n  stay: {{{fields}, checks: [since <= to]}}\n")


def test_a_list_below_a_row_says_of_what_where_its_name_does_not() -> None:
    text = page("""
auth: none
resources:
  label: {}
  task:
    relations:
      labels: many_to_many label
      parent: belongs_to task? inverse children
      watch: many_to_many label inverse watched_tasks
""")
    assert "| lists its labels |" in text
    assert "| lists its children, which are tasks |" in text
    assert "| lists its watch, which are labels |" in text
    assert "| lists its watched tasks |" in text
