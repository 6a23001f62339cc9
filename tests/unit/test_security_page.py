"""docs/security.md names files and tests that are there, for every control or a reason why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "tests/golden/library/expected"
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
CONTROLS = 48
TOLD = re.compile(r"^- (here|in the project|not built yet|left to the proxy): (.+)$", re.MULTILINE)
PLACES = {"here": ROOT, "in the project": PROJECT}


def controls() -> dict[int, str]:
    """The text of each control, by its number."""
    parts = re.split(r"^### (\d+)\. ", PAGE, flags=re.MULTILINE)[1:]
    return {int(number): text for number, text in zip(parts[::2], parts[1::2], strict=True)}


def test_every_control_has_its_place_in_order() -> None:
    assert list(controls()) == list(range(1, CONTROLS + 1))


@pytest.mark.parametrize("number", range(1, CONTROLS + 1))
def test_a_control_is_tested_or_says_why_it_is_not(number: int) -> None:
    told = TOLD.findall(controls()[number])
    assert told
    assert len(told) == controls()[number].count("\n- ")


def cited() -> list[tuple[str, str]]:
    """Whose tests the page names: whose, and `path::name`."""
    return sorted(
        {(whose, what.strip("`")) for whose, what in TOLD.findall(PAGE) if whose in PLACES}
    )


@pytest.mark.parametrize(("whose", "test"), cited())
def test_a_test_that_is_named_is_there(whose: str, test: str) -> None:
    path, _, name = test.partition("::")
    text = (PLACES[whose] / path).read_text("utf-8")
    assert re.search(rf"^(async )?def {re.escape(name)}\(", text, re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(app/[\w/]+\.py)`", PAGE))))
def test_a_file_that_is_named_is_there(path: str) -> None:
    assert (PROJECT / path).is_file()


def test_every_attack_is_on_the_page() -> None:
    named = {test.partition("::")[2] for _, test in cited()}
    attacks = {
        name
        for path in (ROOT / "tests/security").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert attacks - named == CONTROLS_OF_THE_ATTACKS


CONTROLS_OF_THE_ATTACKS = {
    "test_an_owner_reaches_each_row_of_their_own",
    "test_the_genuine_token_is_let_in_also_when_we_sign_it",
    "test_a_role_counts_as_it_was_signed",
}
"""What is let in: without it, an attack could be refused for another reason."""
