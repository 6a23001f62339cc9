"""What clients of an API would notice of a change of its page."""

from __future__ import annotations

import pytest

from generator import pipeline
from generator.clients import notices

PAGE = """\
scaffold: 1
service: {name: library}
auth: {roles: [editor]}
enums:
  Mood: [good, bad]
resources:
  author:
    fields:
      name: string(1..50) index
      born: int?
  book:
    fields:
      title: string(1..200)
      mood: Mood = good
    relations:
      author: belongs_to author inverse books
    access: {read: public, write: [editor, admin]}
    soft_delete: true
    search: [title]
"""

CHANGES = [
    (
        "born: int?",
        "birth: {type: int, nullable: true, renamed_from: born}",
        ["breaks: birth of /authors was called born"],
    ),
    (
        "born: int?",
        "born: int",
        [
            "breaks: born of /authors has to be given when a row is made",
            "breaks: born of /authors can't be set to null",
        ],
    ),
    ("      born: int?\n", "", ["breaks: born of /authors is gone"]),
    ("born: int?", "born: int?\n      page: url?", ["page of /authors is new"]),
    (
        "born: int?",
        "born: int?\n      page: url",
        ["breaks: page of /authors is new, and a row can't be made without it"],
    ),
    ("string(1..200)", "string(1..300)", ["max length of title of /books is 300, not 200"]),
    ("string(1..200)", "string(1..100)", ["breaks: max length of title of /books is 100, not 200"]),
    (
        "title: string(1..200)",
        "title: text(1..200)",
        ["breaks: title of /books is text, not string"],
    ),
    (
        "[good, bad]",
        "{good: , ill: {renamed_from: bad}, odd: }",
        ["breaks: ill of Mood was called bad", "Mood may be odd, too"],
    ),
    ("[good, bad]", "[good, odd]", ["breaks: Mood has no member bad", "Mood may be odd, too"]),
    (
        "read: public",
        "read: authenticated",
        [
            "breaks: list of /books is for authenticated, not public",
            "breaks: get of /books is for authenticated, not public",
        ],
    ),
    ("    search: [title]\n", "", ["breaks: /books can't be searched by ?q="]),
    ("    soft_delete: true\n", "", ["breaks: what is deleted of /books can't be restored"]),
    (
        "    soft_delete: true\n",
        "    soft_delete: true\n    operations: [list, get]\n",
        [
            "breaks: /books has no create",
            "breaks: /books has no update",
            "breaks: /books has no delete",
        ],
    ),
    ("  author:\n", "  author:\n    plural: writers\n", ["breaks: /authors is /writers now"]),
    (
        "service: {name: library}",
        "service: {name: library}\napi: {pagination: page, case: camel}",
        [
            "breaks: lists are paged by page, not by cursor",
            "breaks: names in JSON are camel case, not snake case",
        ],
    ),
    ("service: {name: library}", "service: {name: library}\n# only a remark", []),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_a_change_is_told_as_clients_meet_it(old: str, new: str, expected: list[str]) -> None:
    assert old in PAGE
    before, after = pipeline.read(PAGE), pipeline.read(PAGE.replace(old, new, 1))
    found = [f"{'breaks: ' if one.breaks else ''}{one.text}" for one in notices(before, after)]
    assert found == expected


def test_a_renamed_resource_is_another_url_and_what_points_at_it_stays() -> None:
    new = PAGE.replace("  author:\n", "  writer:\n    renamed_from: author\n")
    new = new.replace("belongs_to author", "belongs_to writer")
    found = [one.text for one in notices(pipeline.read(PAGE), pipeline.read(new))]
    assert found == ["/authors is /writers now"]


def test_a_resource_comes_or_goes() -> None:
    more = f"{PAGE}  shelf:\n    fields: {{label: string}}\n"
    came = notices(pipeline.read(PAGE), pipeline.read(more))
    went = notices(pipeline.read(more), pipeline.read(PAGE))
    assert [(one.breaks, one.text) for one in came] == [(False, "/shelves is new")]
    assert [(one.breaks, one.text) for one in went] == [(True, "/shelves is gone")]


def test_another_store_knows_no_session() -> None:
    head = "scaffold: 1\nservice: {name: x}\n"
    both, away = "auth: {methods: [jwt, session]}", "auth: {methods: [session], sessions: redis}"
    before, after = (pipeline.read(head + text) for text in (both, away))
    assert [(one.breaks, one.text) for one in notices(before, after)] == [
        (True, "nobody signs in by jwt"),
        (True, "who is signed in with a cookie signs in again"),
    ]
