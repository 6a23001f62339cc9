"""The page that a project is made from: a person's file, or a starter for a bare name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import naming
from generator.errors import ScaffoldError, quoted
from generator.render import printed
from generator.spec.source import MAX_BYTES

SUFFIXES = (".yaml", ".yml")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME = 64
DEFAULT_DATABASE = "sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of a spec, and the file that problems in it are reported against."""

    data: bytes
    file: str


def open_page(word: str, database: str | None, roots: Sequence[Path]) -> Page:
    """Return the page that a word means: the file of that path, or a starter of that name.

    Raises ScaffoldError where there is no such file, and where the word can't be a name.
    """
    path = Path(word)
    if not (path.suffix in SUFFIXES or path.name != word or path.is_file()):
        text = _starter(word, database or DEFAULT_DATABASE, roots)
        return Page(data=text.encode(), file="service.yaml")
    if database:
        raise ScaffoldError(f"--database is for a bare name; {word} says it as `database: ...`")
    return Page(data=_read(path), file=word)


def _read(path: Path) -> bytes:
    """Return what the loader needs of a file: all of it, or enough to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScaffoldError(f"{path} can't be read: {error.strerror}") from error


def _starter(name: str, database: str, roots: Sequence[Path]) -> str:
    if not _is_name(name):
        near = naming.dashed(naming.snake(name))
        hint = f"; did you mean {quoted(near)}?" if _is_name(near) else ""
        raise ScaffoldError(
            f"{quoted(name)} is no file, and no name either: a name is lower-case words with "
            f"dashes between, {LONGEST_NAME} characters at most{hint}"
        )
    title = naming.title(name)
    context = {"name": name, "title": title, "database": database, "description": f"{title}."}
    return printed("starter/service.yaml.jinja", context, roots)


def _is_name(word: str) -> bool:
    return len(word) <= LONGEST_NAME and NAME.fullmatch(word) is not None
