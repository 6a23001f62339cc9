"""What the file itself must be: one UTF-8 document of plain YAML 1.2, and where its parts stand."""

from __future__ import annotations

import pytest
from marked import HEAD, Expected, problems_of, unmarked
from spec_grammar import GRAMMAR

from generator.spec.compose import compose
from generator.spec.load import load
from generator.spec.scalars import scalar_offsets
from generator.spec.source import Mapping, Scalar

REFUSED = (
    "resources: «&all» {}",
    "resources: «!!map» {}",
    "resources: «!mine» {}",
    "resources: {a: «*x»}",
    "resources:\n  «<<»: {a: {}}",
    "«---»\nfoo: bar",
    "resources:\n«\t»a: {}",
    "resources: {a: {},\n  «[b]»: {}}",
    'enums: {A: [«"\\0"»]}',
    'enums: {A: [«"\\ud800"»]}',
    "service: a«:» b",
    "resources: «'»open",
    "resources: «@»x",
    "resources:\n  a: {}\n  «b»:{}",
    "resources: {a: {fields: {x: «decimal(10, 2)», y: int}}}",
)


@pytest.mark.parametrize("body", REFUSED)
def test_what_is_not_part_of_the_language(body: str) -> None:
    head = HEAD if not body.startswith("service") else "scaffold: 1\n"
    text, (expected,) = unmarked(head + body + "\n")
    problem = problems_of(text)[0]
    assert problem.code == "yaml", problem.render()
    at = Expected(problem.line, problem.column, problem.length)
    assert (at.line, at.column) == (expected.line, expected.column), problem.render()
    assert len(problems_of(text)) == 1


def test_all_of_them_are_found_in_one_run() -> None:
    text, expected = unmarked(
        HEAD + "resources:\n  a: «&x» {fields: {x: «decimel»}}\n  b: «*x»\n  «a»: {}\n"
    )
    found = [Expected(p.line, p.column, p.length) for p in problems_of(text)]
    assert found == expected


def test_a_duplicate_key_is_an_error_at_the_second() -> None:
    text, (expected,) = unmarked(HEAD + "api: {case: snake, «case»: camel}\n")
    (problem,) = problems_of(text)
    assert (problem.code, problem.path) == ("duplicate-key", "api.case")
    assert Expected(problem.line, problem.column, problem.length) == expected


def test_what_yaml_has_and_the_language_has_not_is_told_with_its_path() -> None:
    text = "enums: {A: [x, &a y]}\nresources:\n  b: {fields: {<<: {}, [b]: c}}\n"
    found = [problem.path for problem in problems_of(HEAD + text)]
    assert found == ["enums.A[1]", "resources.b.fields", "resources.b.fields"]


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    text = HEAD + "resources:\n  book:\n    fields:\n      title: string(5)\n"
    plain = load(text, GRAMMAR)
    assert load("\ufeff" + text, GRAMMAR) == plain
    assert load(text.replace("\n", "\r\n"), GRAMMAR) == plain
    assert load(("\ufeff" + text.replace("\n", "\r\n")).encode(), GRAMMAR) == plain


def test_lines_and_columns_are_the_same_behind_crlf_and_bom() -> None:
    text, (expected,) = unmarked(HEAD + "# é 🎉\nenums: {A: [🎉, «🎉»]}\n")
    for one in (text, text.replace("\n", "\r\n"), "\ufeff" + text, text.encode()):
        (problem,) = problems_of(one)
        assert (problem.line, problem.column) == (expected.line, expected.column)
        assert problem.source_line == "enums: {A: [🎉, 🎉]}"


def test_the_file_is_utf_8_and_a_mebibyte_at_most() -> None:
    assert [p.code for p in problems_of(b"scaffold: \xff")] == ["yaml"]
    assert [p.code for p in problems_of("\ud800")] == ["yaml"]
    long = HEAD + "#" * (1024 * 1024)
    assert [p.code for p in problems_of(long)] == ["yaml"]
    assert problems_of(long[: 1024 * 1024]) == ()


def test_sixty_four_levels() -> None:
    def deep(levels: int) -> str:
        return f"{HEAD}foo: {'[' * levels}{']' * levels}\n"

    assert [p.code for p in problems_of(deep(63))] == ["unknown-key"]
    assert [p.code for p in problems_of(deep(64))] == ["yaml"]
    assert [p.code for p in problems_of(HEAD + "foo: " + "[" * 100_000)] == ["yaml"]


def test_a_yaml_directive_of_our_version_is_fine() -> None:
    assert problems_of("%YAML 1.2\n---\n" + HEAD) == ()
    assert [p.code for p in problems_of("%YAML 1.1\n---\n" + HEAD)] == ["yaml"]


def test_places_inside_of_scalars_of_every_style() -> None:
    text = (
        "a: one\nb: 'it''s'\nc: \"x\\ty\\u00e9z \\\n   w\"\nd: |\n  lit\n    eral\n"
        "e: >-\n  fold\n  ed\n\n  twice\nf: two\n  lines\ng: 'x\n\n  y'\n"
    )
    node = compose(text, lambda *_: None)
    assert isinstance(node, Mapping)
    for entry in node.entries:
        value = entry.value
        assert isinstance(value, Scalar)
        assert len(value.offsets) == len(value.text) + 1
        shown = "".join(text[offset] for offset in value.offsets[:-1])
        same = [a for a, b in zip(value.text, shown, strict=True) if a != b and not a.isspace()]
        escaped = {"\t", "é"} if entry.key.text == "c" else set()
        assert set(same) <= escaped


def test_offsets_never_leave_the_source() -> None:
    for raw, style, value in (("", "", "x"), ("'", "'", "ab"), ("|", "|", "abc\n"), ("a", "", "b")):
        offsets = scalar_offsets(raw, style, value)
        assert all(0 <= offset <= len(raw) for offset in offsets)


def test_a_mistake_inside_of_a_block_scalar_is_found_in_its_line() -> None:
    text, (expected,) = unmarked(
        HEAD + "resources:\n  a:\n    fields:\n      x: >-\n        string(5)\n        «uniqe»\n"
    )
    (problem,) = problems_of(text)
    assert Expected(problem.line, problem.column, problem.length) == expected
