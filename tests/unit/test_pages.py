"""The commands of our own pages print what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest
from replay import PAGES, replayed


@pytest.mark.proof
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    assert replayed(text, home) == text
