"""The marks of a conflict in a file, in the form of diff3, as git writes and editors read them."""

from __future__ import annotations

from generator.merge.text import Chunk, Lines

OURS, BASE, BETWEEN, THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


def marked(chunk: Chunk, newline: str = "\n") -> Lines:
    """Return the lines of a conflict: the person's, those of before, and the spec's."""
    return [
        f"{OURS} yours{newline}",
        *_ended(chunk.ours, newline),
        f"{BASE} before{newline}",
        *_ended(chunk.base, newline),
        f"{BETWEEN}{newline}",
        *_ended(chunk.theirs, newline),
        f"{THEIRS} service.yaml{newline}",
    ]


def leftovers(text: str) -> tuple[int, ...]:
    """Return the numbers of the lines, from 1, at which an unsettled conflict starts."""
    lines = text.splitlines()
    ends = any(line.startswith(f"{THEIRS} ") for line in lines)
    starts = (n for n, line in enumerate(lines, 1) if line.startswith(f"{OURS} "))
    return tuple(starts) if ends else ()


def _ended(lines: Lines, newline: str) -> list[str]:
    return [line if line.endswith(("\n", "\r")) else f"{line}{newline}" for line in lines]
