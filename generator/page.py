"""The page that a project is made from: a person's file, or a starter for a bare name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ScaffoldError
from generator.spec.source import MAX_BYTES
from generator.starter import Answers, starter

SUFFIXES = (".yaml", ".yml")
OPTIONS = {
    "description": "--description",
    "database": "--database",
    "accounts": "--accounts",
    "features": "--feature",
    "resources": "--resource",
}
"""The option that says each of the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of a spec, and the file that problems in it are reported against."""

    data: bytes
    file: str


def is_file(word: str) -> bool:
    """Whether a word means a file rather than the name of a service to be."""
    path = Path(word)
    return path.suffix in SUFFIXES or path.name != word or path.is_file()


def open_page(word: str, answers: Answers, roots: Sequence[Path]) -> Page:
    """Return the page that a word means: the file of that path, or a starter of that name.

    Raises ScaffoldError where there is no such file, and where the word can't be a name.
    """
    if not is_file(word):
        return Page(data=starter(word, answers, roots).encode(), file="service.yaml")
    if answers.said:
        options = " and ".join(OPTIONS[name] for name in answers.said)
        verb = "is" if len(answers.said) == 1 else "are"
        raise ScaffoldError(f"{options} {verb} for a bare name; {word} says that itself")
    return Page(data=_read(Path(word)), file=word)


def _read(path: Path) -> bytes:
    """Return what the loader needs of a file: all of it, or enough to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScaffoldError(f"{path} can't be read: {error.strerror}") from error
