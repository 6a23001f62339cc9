"""A resource written into a page: the rest of the page stays as it is, byte for byte."""

from __future__ import annotations

import pytest

from generator import pipeline
from generator.errors import ScaffoldError, SpecError
from generator.spec.edit import from_arguments, from_file, with_resource

PAGE = """\
scaffold: 1   # the first line
service: {name: shop}

resources:
  # people who write
  author:
    fields:
      name: string(1..50)   # as on the cover

  book:
    fields: {title: string}
    # trailing remark
# about features
features: {metrics: true}
"""
REVIEW = from_arguments(
    "review", ["rating: int >= 1 <= 5", "book: belongs_to book inverse reviews", "body: text?"]
)
WRITTEN = """\
  review:
    fields:
      rating: int >= 1 <= 5
      body: text?
    relations:
      book: belongs_to book inverse reviews
"""


def test_a_resource_goes_behind_the_last_and_nothing_else_changes() -> None:
    edited = with_resource(PAGE, REVIEW).text
    before, after = PAGE.split("# about features")
    assert edited == f"{before}\n{WRITTEN}# about features{after}"
    assert [one.name for one in pipeline.read(edited).resources] == ["author", "book", "review"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("a: 1\nresources:\n    x:\n        fields: {a: int}\n", "    review:\n"),
        ("a: 1\nresources: {}\n", "a: 1\nresources:\n  review:\n"),
        ("a: 1\nresources: {}  # none\n", "a: 1\nresources:  # none\n  review:\n"),
        ("a: 1\nresources: ~\n", "a: 1\nresources:\n  review:\n"),
        ("a: 1\nresources:   # none yet\n", "a: 1\nresources:   # none yet\n  review:\n"),
        ("a: 1\n", "a: 1\n\nresources:\n  review:\n"),
        ("a: 1", "a: 1\n\nresources:\n  review:\n"),
        ("a: 1\r\nresources:\r\n  x:\r\n    b: |\r\n      text", "      text\r\n  review:\r\n"),
    ],
)
def test_every_form_of_a_page_takes_one(page: str, expected: str) -> None:
    assert expected in with_resource(page, REVIEW).text


def test_braces_take_none_and_say_where() -> None:
    with pytest.raises(ScaffoldError, match=r"service\.yaml:2: .*braces"):
        with_resource("a: 1\nresources: {x: {fields: {a: int}}}\n", REVIEW)


def test_a_mistake_is_shown_in_the_argument_that_made_it() -> None:
    said = from_arguments("review", ["rating: nit >= 1", 'body : "text', "book:belongs_to buk"])
    edited = with_resource(PAGE, said)
    with pytest.raises(SpecError) as raised:
        pipeline.read(edited.text)
    found = {one.file: one for one in edited.placed(raised.value).problems}
    assert found["FIELD 1"].column == 9
    assert found["FIELD 1"].source_line == "rating: nit >= 1"
    assert found["FIELD 3"].column == 17
    assert all(one.line == 1 for one in found.values())


def test_a_name_that_is_taken_is_shown_as_the_name() -> None:
    edited = with_resource(PAGE, from_arguments("book", ["a: int"]))
    with pytest.raises(SpecError) as raised:
        pipeline.read(edited.text)
    (problem,) = edited.placed(raised.value).problems
    assert (problem.file, problem.line, problem.column) == ("NAME", 1, 1)


def test_a_file_is_taken_with_its_comments_and_its_mistakes_are_its_own() -> None:
    text = "\n    # what readers say\n    review:\n      fields:\n        rating: nit\n"
    edited = with_resource(PAGE, from_file(text, "review.yaml"))
    assert "  # what readers say\n  review:\n    fields:\n      rating: nit\n" in edited.text
    with pytest.raises(SpecError) as raised:
        pipeline.read(edited.text)
    (problem,) = edited.placed(raised.value).problems
    assert (problem.file, problem.line, problem.column) == ("review.yaml", 5, 17)
    assert problem.source_line == "        rating: nit"


@pytest.mark.parametrize("field", ["rating", "rating:", ": int", ""])
def test_a_field_of_another_form_is_refused_by_its_number(field: str) -> None:
    with pytest.raises(ScaffoldError, match="FIELD 2"):
        from_arguments("review", ["a: int", field])
