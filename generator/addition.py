"""The resource that `add-resource` is to write: from its words, or from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.errors import ScaffoldError
from generator.spec.edit import Line, from_arguments, from_file


def lines(name: str | None, fields: Sequence[str], source: Path | None) -> tuple[Line, ...]:
    """Return the lines of a resource.

    Raises ScaffoldError where neither a name nor a file is given, or both, or the file can't be
    read.
    """
    if (name is None) == (source is None):
        raise ScaffoldError("add-resource wants a NAME with its fields, or a file by --from")
    if source is None:
        return from_arguments(str(name), fields)
    try:
        return from_file(source.read_text(encoding="utf-8"), str(source))
    except OSError as error:
        raise ScaffoldError(f"{source} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ScaffoldError(f"{source} is not UTF-8: {error.reason}") from error
