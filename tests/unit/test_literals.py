"""No text leaves its literal, in any language that templates print."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator import literals

NASTY = (
    "",
    "plain words",
    "\x00",
    "a\"b'c",
    '"""',
    '"',
    "\\",
    "\\\\'",
    "a\nb\r\nc\rd",
    "{{ 7 * 7 }}{% raw %}",
    "\ud800",
    "\u2028\u2029\x85\x0b\x0c\x1c",
    "\u202eevil\u202c\u2066",
    "\ufeff",
    "\U000e0001",
    "$HOME ${HOME} $(id) `id`",
    "# -*- coding: utf-7 -*-",
    "<script>alert(1)</script>",
    "| --- |",
    "```",
    "--- {x: y} - # &a *a !!tag",
    "\t- a",
    "1. x",
    "~",
    "on",
)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(NASTY)


def nasty(test: Callable[[str], None]) -> Callable[[str], None]:
    """Try every known trick beside what Hypothesis invents."""
    for text in NASTY:
        test = example(text)(test)
    return test


def encodable(text: str) -> str:
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def is_one_line(text: str) -> bool:
    return len(text.splitlines()) <= 1 and not any(c in text for c in "\x00\r\n\x0b\x0c")


@nasty
@given(TEXTS)
def test_python_reads_back_the_same_text(text: str) -> None:
    source = literals.py(text)
    assert is_one_line(source)
    source.encode()
    assert ast.literal_eval(source) == text


@given(st.recursive(st.none() | st.booleans() | st.integers() | TEXTS, st.lists, max_leaves=5))
def test_python_reads_back_the_same_values(value: object) -> None:
    assert ast.literal_eval(literals.py({"k": value, "t": (value,)})) == {"k": value, "t": (value,)}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_a_value_without_a_literal_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        literals.py(value)
    with pytest.raises(TypeError):
        literals.toml(value)


@nasty
@given(TEXTS)
def test_a_docstring_holds_the_text_and_nothing_follows_it(text: str) -> None:
    source = f"def f():\n    {literals.docstring(text)}\n    return 1\n"
    (function,) = ast.parse(source.encode()).body
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) == 2
    assert (ast.get_docstring(function, clean=False) or "").split() == text.split()


@nasty
@given(TEXTS)
def test_toml_reads_back_the_same_text(text: str) -> None:
    source = f"a = {literals.toml(text)}\nb = {literals.toml([text, {text: text}])}\n"
    wanted = encodable(text)
    assert tomllib.loads(source) == {"a": wanted, "b": [wanted, {wanted: wanted}]}


@nasty
@given(TEXTS)
def test_yaml_reads_back_the_same_text(text: str) -> None:
    source = f"a: {literals.yaml(text)}\nb: {literals.yaml([text, None, {'k': text}])}\n"
    wanted = encodable(text)
    loaded = YAML(typ="safe", pure=True).load(source)
    assert loaded == {"a": wanted, "b": [wanted, None, {"k": wanted}]}


@nasty
@given(TEXTS)
def test_json_reads_back_the_same_text(text: str) -> None:
    assert json.loads(literals.json_(text)) == text


@nasty
@given(TEXTS)
def test_a_comment_stays_one_comment(text: str) -> None:
    source = f"# {literals.comment(text)}\nx = 1\n"
    assert ast.dump(ast.parse(source.encode())) == ast.dump(ast.parse("x = 1\n"))
    assert YAML(typ="safe", pure=True).load(source.replace("=", ":")) in ({"x": 1}, "x : 1")
    assert tomllib.loads(source) == {"x": 1}


@pytest.mark.parametrize(
    "text",
    ["coding: latin-1", "type: ignore", "noqa", "NOQA: F401", "nosec", "fmt: off", "syntax=evil"],
)
def test_a_comment_is_no_directive(text: str) -> None:
    assert text not in literals.comment(text)


@nasty
@given(TEXTS)
def test_markdown_stays_one_cell_of_text(text: str) -> None:
    source = literals.md(text)
    assert is_one_line(source)
    assert "<" not in source
    unescaped = source.replace("\\\\", "")
    for mark in "`*[]|~$":
        assert unescaped.count(mark) == unescaped.count("\\" + mark)
    assert not source.startswith(("#", "- ", "+ ", "=", "> "))


@pytest.mark.parametrize("text", ["Sells books, one at a time.", "order_item", "a - b (c)", "C#"])
def test_markdown_of_plain_words_reads_as_written(text: str) -> None:
    assert literals.md(text) == text


@nasty
@given(TEXTS)
def test_a_code_span_ends_where_it_should(text: str) -> None:
    source = literals.code(text)
    fence = source[: len(source) - len(source.lstrip("`"))]
    assert source.endswith(fence)
    assert fence not in source[len(fence) : -len(fence)]
    assert is_one_line(source)


@nasty
@given(TEXTS)
def test_html_holds_text_alone(text: str) -> None:
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(f"{tag} {attrs}")

        def handle_endtag(self, tag: str) -> None:
            seen.append(tag)

    reader = Reader()
    reader.feed(f'<p title="{literals.html(text)}">{literals.html(text)}</p>')
    reader.close()
    assert len(seen) == 2


def shell_words(text: str) -> str:
    """What the shell, Make and dotenv may carry: the text on one line."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


@pytest.mark.parametrize("text", NASTY)
def test_a_shell_sees_one_word(text: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"printf '<%s>' {literals.sh(text)}"], capture_output=True, check=True
    )
    assert done.stdout.decode() == f"<{shell_words(text)}>"


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("text", NASTY)
def test_a_recipe_sees_one_word(text: str, tmp_path: Path) -> None:
    recipe = f"all:\n\t@printf '<%s>' {literals.make(text)}\n# {literals.comment(text)}\n"
    (tmp_path / "Makefile").write_text(recipe + "other:\n", encoding="utf-8")
    done = subprocess.run(
        ["make", "--no-print-directory"], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.decode() == f"<{shell_words(text)}>"


@pytest.mark.parametrize("text", NASTY)
def test_a_shell_and_dotenv_read_one_value(text: str, tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(f"A={literals.dotenv(text)}\nB=2\n", encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", '. ./.env; printf "%s|%s" "$A" "$B"'],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    value, _, other = done.stdout.decode().rpartition("|")
    assert other == "2"
    for char, harmless in (("'", "\u2019"), ("\\", "\uff3c"), ("$", "\uff04")):
        value = value.replace(harmless, char)
    assert value == shell_words(text)


@nasty
@given(TEXTS)
def test_a_word_of_a_dockerfile_is_quoted(text: str) -> None:
    source = literals.dockerfile(text)
    assert is_one_line(source)
    inside = source[1:-1].replace("\\\\", "").replace('\\"', "").replace("\\$", "")
    assert not set('"$\\') & set(inside)
