"""The dialect of patterns is what Pydantic's engine and Python's `re` both read, and alike."""

from __future__ import annotations

import re
import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import HEAD, problems_of
from pydantic_core import SchemaValidator, ValidationError, core_schema

from generator.spec import patterns

PIECES = """
a b é ( ) (?: (?P<n> (?i) (?i: (?s-i: (?= (?! (?<= | * + ? {2} {2,} {,3} {2,5} { } [ ] [a-z] [^a]
[]a] [\\d-] [a-\\w] \\d \\w \\W \\b \\B \\A \\z \\Z \\1 \\x41 \\u00e9 \\U0001F600 \\p{L}
\\. \\/ \\- \\<
^ $ . - && ~~ / # \\n \\0 😀 {1000} \\ (?<n> (?x) (?#c) ?? *? ++
[[:alpha:]] [\\b] {0} [z-a] [é-ü] [-a] [&]
"""
TEXTS = ("", "a", "ab", "é", "A", "b-", "a b", "[]", "&", "😀", "\n", "/")


def found_by_pydantic(pattern: str, text: str) -> bool:
    validator = SchemaValidator(core_schema.str_schema(pattern=pattern))
    try:
        validator.validate_python(text)
    except ValidationError:
        return False
    return True


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=6).map("".join))
def test_what_is_let_through_is_read_alike_by_both(pattern: str) -> None:
    if patterns.fault(pattern):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compiled = re.compile(pattern)
    for text in TEXTS:
        assert bool(compiled.search(text)) == found_by_pydantic(pattern, text), text


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_has_a_fault_inside_of_it(text: str) -> None:
    fault = patterns.fault(text)
    if fault is None:
        re.compile(text)
    else:
        assert 0 <= fault.start <= len(text)
        assert fault.message


@pytest.mark.parametrize(
    "pattern", [r"\w{200}", r"\d{1000}", "[a-z]{3000}", "(a|b){500}", "x{9000}"]
)
def test_large_repeats_that_pydantic_takes_are_fine(pattern: str) -> None:
    assert patterns.fault(pattern) is None or not pattern.startswith("\\")
    if patterns.fault(pattern) is None:
        assert found_by_pydantic(pattern, "") is False


@pytest.mark.parametrize("pattern", [r"\w{1000}", r"(\w{50}){50}", "(((a{99}){99}){99}){99}"])
def test_what_pydantic_cannot_compile_is_refused(pattern: str) -> None:
    assert patterns.fault(pattern)


@pytest.mark.parametrize("depth", [101, 300, 5000])
def test_groups_in_groups_end_somewhere(depth: int) -> None:
    assert patterns.fault("(" * depth + "a" + ")" * depth)
    assert patterns.fault("(" * 99 + "a" + ")" * 99) is None


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a*)*b", "a*a*a*a*a*a*b"])
def test_a_pattern_never_keeps_the_tool_busy(pattern: str) -> None:
    line = f"string(2000) /{pattern}/ = {'a' * 1500}c"
    start = time.process_time()
    problems_of(f"{HEAD}resources: {{a: {{fields: {{x: {line}}}}}}}\n")
    assert time.process_time() - start < 2
