"""Templates compiled once for each user, as Python compiles modules: the second run is faster.

An entry holds the digest of the source that it was made from, so that a changed template is
compiled again. Nothing depends on the cache: where it can't be read or written, it isn't used.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from platformdirs import user_cache_path


class TemplateCache(FileSystemBytecodeCache):
    """Jinja's own cache, which no damaged file, full disk or read-only folder makes fail."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find a compiled template, or nothing."""
        try:
            super().load_bytecode(bucket)
        except (OSError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, or leave it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def template_cache() -> TemplateCache | None:
    """Return the cache of this user (XDG Base Directory, or its like), None where there is none.

    Others may not read or write it: what lies in it is run.
    """
    folder = user_cache_path("scaffold") / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return TemplateCache(str(folder)) if _is_own(folder) else None


def _is_own(folder: Path) -> bool:
    """Whether nobody but its owner, this user, may write to a folder."""
    status = folder.stat()
    owner = getattr(os, "geteuid", lambda: status.st_uid)()
    return status.st_uid == owner and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
