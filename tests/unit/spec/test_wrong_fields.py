"""Mistakes on the line of one field: each one error, at its token, with the nearest right word."""

from __future__ import annotations

import pytest
from marked import HEAD, Expected, problems_of, unmarked

BEFORE = """enums:
  Color: [red, green]
resources:
  book:
    fields:
      title: string
      secret: text? hidden
      count: int
      x: """

CASES: tuple[tuple[str, str, str | None], ...] = (
    # The type
    ("«decimel»(10, 2) >= 0 = 5", "unknown-type", "decimal"),
    ("«Colour» = red", "unknown-type", "Color"),
    ("«color»", "unknown-type", "Color"),
    ("«varchar»(20) unique", "unknown-type", "string"),
    ("«book»", "unknown-type", None),
    ("«nothing_like_it» >= 5 /a/", "unknown-type", None),
    ("«belongs_to» author? on_delete cascade", "misplaced", None),
    ("«(»5) string", "bad-expression", None),
    # Its arguments
    ("«decimal»", "bad-argument", "decimal(10, 2)"),
    ("decimal«(10)»", "bad-argument", None),
    ("decimal«(10, x)»", "bad-argument", None),
    ("decimal«(39, 2)»", "bad-argument", None),
    ("decimal«(0, 0)»", "bad-argument", None),
    ("decimal«(10, 12)» = 5", "contradiction", None),
    ("decimal«(»10, 2 unique", "bad-expression", None),
    ("string«(0)»", "bad-argument", None),
    ("string«(5..2)»", "contradiction", None),
    ("string«(70000)»", "bad-argument", None),
    ("string(«99999999999999999999»)", "bad-argument", None),
    ("string«(a)» = abc", "bad-argument", None),
    ("string«(..5)»", "bad-argument", None),
    ("email«(1..5)»", "bad-argument", None),
    ("int«(5)» unique", "bad-argument", None),
    ("Color«(5)»", "bad-argument", None),
    ("int«[» = 5", "bad-expression", None),
    ("password«[]»", "not-applicable", None),
    # Modifiers
    ("int «uniqe» index", "unknown-modifier", "unique"),
    ("int «Unique»", "unknown-modifier", "unique"),
    ("«foreign_key» author", "unknown-type", None),
    ("«foreign_key» author unique", "unknown-type", None),
    ("int «required»", "unknown-modifier", None),
    ("int >= 5 «<= 4» = 7", "contradiction", None),
    ("int «optional»", "unknown-modifier", "?"),
    ("int readonly «default» 5", "unknown-modifier", "="),
    ("int «min» 5", "unknown-modifier", ">="),
    ("int «blue»(5, 6) unique", "unknown-modifier", None),
    ("int unique «unique»", "duplicate-value", None),
    ("int >= 5 «>= 6»", "duplicate-value", None),
    ("int unique «?»", "bad-expression", None),
    ("string unique«,» index", "bad-expression", None),
    ("slug «from»", "bad-expression", None),
    ("slug from «tilte»", "unknown-field", "title"),
    ("slug from «x»", "unknown-field", None),
    ("slug from «count»", "wrong-family", None),
    ("slug from «secret»", "wrong-family", None),
    ("string from «title»", "not-applicable", None),
    # Bounds
    ("int «>» = 5", "bad-expression", None),
    ("int «>= 0.5»", "bad-value", None),
    ("float «<= 1e999»", "bad-value", None),
    ("string «>= 3»", "not-applicable", None),
    ("Color «< 3»", "not-applicable", None),
    ("int >= 5 «<= 4»", "contradiction", None),
    ("int > 5 «< 6»", "contradiction", None),
    ("int >= 5 «> 6»", "contradiction", None),
    ("int <= 5 «< 6»", "contradiction", None),
    ("float > 5 «< 5»", "contradiction", None),
    ("float >= 5 «< 5»", "contradiction", None),
    ("decimal(3, 1) > 5.0 «< 5.1»", "contradiction", None),
    ("decimal(3, 1) «>= 100»", "contradiction", None),
    ("smallint «>= 40000»", "contradiction", None),
    # Patterns
    ("string /a«(?=»b)/", "bad-pattern", None),
    ("string /a«(?<!»b)/ = 5", "bad-pattern", None),
    (r"string /(a)«\1»/", "bad-pattern", None),
    (r"string /a«\Z»/", "bad-pattern", None),
    ("string /«[»/", "bad-pattern", None),
    ("string /«[a[b]»]/", "bad-pattern", None),
    ("string /«[a&&b]»/", "bad-pattern", None),
    ("string /a«*+»b/", "bad-pattern", None),
    ("string /a«{»/", "bad-pattern", None),
    ("string /a«(?i)»b/", "bad-pattern", None),
    (r"string /(\w{50})«{50}»/", "bad-pattern", None),
    ("string «/»abc unique", "bad-pattern", None),
    ("int «/abc/»", "not-applicable", None),
    (r'"string /a\"«(?=»b)c/"', "bad-pattern", None),
    (r"'string /a''«(?=»b)c/'", "bad-pattern", None),
    # Defaults
    ("int«=»5", "bad-expression", None),
    ("int «=»", "bad-expression", None),
    ("string «=» #ffcc00", "bad-expression", None),
    ("int = «null»", "bad-default", None),
    ("int = «five»", "bad-default", None),
    ('int = «"5"»', "bad-default", None),
    ("int >= 1 = «0»", "bad-default", None),
    ("int < 7 = «7»", "bad-default", None),
    ("smallint = «40000»", "bad-default", None),
    ("float = «.nan»", "bad-default", None),
    ("float = «1e999»", "bad-default", None),
    ("decimal(3, 2) = «0.105»", "bad-default", None),
    ("decimal(3, 2) = «10.0»", "bad-default", None),
    ("bool = «yes»", "bad-default", None),
    ("string(2) = «abc»", "bad-default", None),
    ("string(3..) = «ab»", "bad-default", None),
    ("string /^[0-9]+$/ = «abc»", "bad-default", None),
    ("string = «[a]»", "bad-default", None),
    ("string = {a«:» b}", "yaml", None),
    ("string = «'»it''s", "bad-default", None),
    ('string = "abc" «x»', "bad-default", None),
    ("Color = «rad»", "bad-default", None),
    ("date = «now»", "bad-default", None),
    ("date = «2026-02-30»", "bad-default", None),
    ('date = «"today"»', "bad-default", None),
    ("time = «25:00»", "bad-default", None),
    ("datetime = «2024-01-01»", "bad-default", None),
    ("datetime = «2024-01-01T00:00:00»", "bad-default", None),
    ("datetime = «0001-01-01T00:00:00+14:00»", "bad-default", None),
    ("duration = «P1Y»", "bad-default", None),
    ("duration = «P999999999W»", "bad-default", None),
    ("duration = «P100048726D»", "bad-default", None),  # more than a client could send
    ("uuid = «1234»", "bad-default", None),
    ("bytes = «!!»", "bad-default", None),
    ("email = «foo»", "bad-default", None),
    ("url = «ftp://x»", "bad-default", None),
    ("slug = «A b»", "bad-default", None),
    ("ip = «1.2.3»", "bad-default", None),
    ("password = «secretsecret»", "bad-default", None),
    ("int[] = [1, «x», 3]", "bad-default", None),
    ("int[] = [1, «null»]", "bad-default", None),
    ("int[] = «5»", "bad-default", None),
    ('"json = [1, {a: 1, «a»: 2}]"', "duplicate-key", None),
    ("json = [«.inf»]", "bad-default", None),
    # What can't hold, and what no engine can
    ("string «hidden»", "contradiction", None),
    ("string «readonly»", "contradiction", None),
    ('string readonly «writeonly» = ""', "contradiction", None),
    ("string? hidden «writeonly»", "contradiction", None),
    ("string encrypted «unique»", "contradiction", None),
    ("string encrypted «index»", "contradiction", None),
    ("text «index»", "engine-limit", None),
    ("bytes «unique»", "engine-limit", None),
    ("json «index»", "engine-limit", None),
    ("int[] «unique»", "engine-limit", None),
    # The long form
    ("{type: «decimel»}", "unknown-type", "decimal"),
    ("{type: int, «uniqe»: true}", "unknown-key", "unique"),
    ("{type: int, «Unique»: true}", "unknown-key", "unique"),
    ("{type: int, unique: «yes»}", "wrong-type", "true"),
    ("{type: int, «minimum»: 5}", "unknown-key", None),
    ("{type: int, max_length: «5»}", "not-applicable", None),
    ("{type: string, max_length: «0»}", "bad-value", None),
    ("{type: string, max_length: «70000»}", "bad-argument", None),
    ("{type: string, min_length: 5, max_length: «4»}", "contradiction", None),
    ("{type: decimal, precision: «10»}", "bad-argument", "decimal(10, 2)"),
    ("{type: decimal, precision: «x», scale: 2}", "wrong-type", None),
    ("{type: int, ge: 5, le: «4»}", "contradiction", None),
    ("{type: int, ge: «five»}", "wrong-type", None),
    ("{type: int«?», unique: true}", "bad-expression", "nullable: true"),
    ("{type: string(5), max_length: «6»}", "duplicate-value", None),
    ("{type: int, min_items: «1»}", "not-applicable", None),
    ("{type: 'int[]', min_items: 3, max_items: «2»}", "contradiction", None),
    ("{type: 'int[]', min_items: 1, default: «[]»}", "bad-default", None),
    ("{type: string, pattern: 'a«(?=»b)'}", "bad-pattern", None),
    ("{type: int, default: «x»}", "bad-default", None),
    ("{type: int, example: «x»}", "bad-default", None),
    ("{type: int, renamed_from: «title»}", "contradiction", None),
    ("{type: int, renamed_from: «Old»}", "bad-name", "old"),
    ("{type: text, index: «true»}", "engine-limit", None),
    ("{type: string, hidden: «true»}", "contradiction", None),
    ("«5»", "wrong-type", None),
    ("«[a]»", "wrong-type", None),
    ("«null»", "wrong-type", None),
)


@pytest.mark.parametrize(("line", "code", "suggestion"), CASES, ids=[case[0] for case in CASES])
def test_one_mistake_is_one_error_at_its_token(
    line: str, code: str, suggestion: str | None
) -> None:
    text, (expected,) = unmarked(HEAD + BEFORE + line + "\n")
    (problem,) = problems_of(text)
    assert problem.code == code, problem.render()
    assert problem.suggestion == suggestion, problem.render()
    assert Expected(problem.line, problem.column, problem.length) == expected, problem.render()
    assert problem.code == "yaml" or problem.path.startswith("resources.book.fields.x")


def test_one_line_shows_the_field_and_the_long_form_its_key() -> None:
    one = problems_of(HEAD + BEFORE + "int >= 5 <= 4\n")
    assert [problem.path for problem in one] == ["resources.book.fields.x"]
    long = problems_of(HEAD + BEFORE + "{type: int, ge: 5, le: 4}\n")
    assert [problem.path for problem in long] == ["resources.book.fields.x.le"]


@pytest.mark.parametrize("missing", ["", "{nullable: true}"])
def test_what_is_not_there_points_at_its_parent(missing: str) -> None:
    text, (expected,) = unmarked(HEAD + BEFORE.replace("  x:", "  «x»:") + missing + "\n")
    (problem,) = problems_of(text)
    assert Expected(problem.line, problem.column, problem.length) == expected
    assert problem.code == ("missing-key" if "nullable" in missing else "wrong-type")
