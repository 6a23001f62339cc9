"""The page that a project is made from: a person's file, or a starter for a bare name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import naming
from generator.errors import Problem, ScaffoldError, SpecError, quoted
from generator.render import printed

SUFFIXES = (".yaml", ".yml")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME = 64
DEFAULT_DATABASE = "sqlite"
_MOST_BYTES = 1024 * 1024
_BLOCK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text of a spec, and the file that problems in it are reported against."""

    text: str
    file: str


def open_page(word: str, database: str | None, roots: Sequence[Path]) -> Page:
    """Return the page that a word means: the file of that path, or a starter of that name.

    Raises ScaffoldError where there is no such file and the word can't be a name, and SpecError
    where the file is not text.
    """
    path = Path(word)
    if not (path.suffix in SUFFIXES or path.name != word or path.is_file()):
        return Page(text=_starter(word, database or DEFAULT_DATABASE, roots), file="service.yaml")
    if database:
        raise ScaffoldError(f"--database is for a bare name; {word} says it as `database: ...`")
    return Page(text=_read(path), file=word)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + _BLOCK)
    except OSError as error:
        raise ScaffoldError(f"{path} can't be read: {error.strerror}") from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if len(data) == _MOST_BYTES + _BLOCK and error.reason == "unexpected end of data":
            return data[: error.start].decode()
        raise SpecError([_not_text(path, data, error.start)]) from error


def _not_text(path: Path, data: bytes, position: int) -> Problem:
    before, _, start = data[:position].decode().rpartition("\n")
    return Problem(
        code="yaml",
        message="not UTF-8 text",
        file=str(path),
        line=before.count("\n") + (2 if "\n" in data[:position].decode() else 1),
        column=len(start) + 1,
        source_line=start,
    )


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
