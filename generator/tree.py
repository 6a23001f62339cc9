"""A tree of text files as one value: path -> text, sorted by path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]")
_PARTS_REFUSED = frozenset({"", ".", "..", ".git"})


class Tree(Mapping[str, str]):
    """Immutable: each operation answers with another tree. Paths are relative, with slashes.

    Raises ValueError for a path that could leave the folder that the tree is written into.
    """

    __slots__ = ("_files",)

    def __init__(self, files: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        pairs = dict(files)
        self._files = {_safe(path): pairs[path] for path in sorted(pairs)}

    def __getitem__(self, path: str) -> str:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __hash__(self) -> int:
        return hash(tuple(self._files.items()))

    def __repr__(self) -> str:
        return f"Tree({', '.join(self._files)})"

    def with_files(self, files: Mapping[str, str]) -> Tree:
        """Return this tree with some files added or replaced."""
        return Tree({**self._files, **files})

    def without(self, paths: Iterable[str]) -> Tree:
        """Return this tree less some files; those it doesn't have are no error."""
        gone = frozenset(paths)
        return self.select(lambda path: path not in gone)

    def select(self, wanted: Callable[[str], bool]) -> Tree:
        """Return the files whose path passes."""
        return Tree({path: text for path, text in self._files.items() if wanted(path)})

    def under(self, folder: str) -> Tree:
        """Return this tree as seen from outside: every path below `folder`."""
        return Tree({f"{folder}/{path}": text for path, text in self._files.items()})


def digest(text: str) -> str:
    """Return the SHA-256 of a text as it is on disk, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _safe(path: str) -> str:
    if _UNSAFE.search(path) or not _PARTS_REFUSED.isdisjoint(path.split("/")):
        raise ValueError(f"not a path inside a project: {path!r}")
    return path
