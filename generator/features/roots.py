"""Where templates are found: a team's own first, then ours, then those of other packages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from generator.errors import ScaffoldError
from generator.features.plugins import plugin_roots

PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = ("project", "resource", "features", "starter")
"""The folders of a root of templates."""
SUFFIXES = (".jinja", ".toml")


def templates_root() -> Path:
    """Return the folder that holds `project/`, `resource/` and `features/`.

    Raises FileNotFoundError where the installation is damaged.
    """
    for root in (PACKAGE / "templates", PACKAGE.parent / "templates"):
        if (root / "project").is_dir():
            return root
    raise FileNotFoundError("this installation of scaffold has no templates; install it again")


@lru_cache(maxsize=4)
def template_roots(own: Path | None = None) -> tuple[Path, ...]:
    """Return every root in the order in which a path is looked up: the first that has it wins.

    `own` is a team's folder: a path there shadows the same path of ours. Raises ScaffoldError
    where it holds what would never be looked up, and for a package whose features can't be used.
    """
    ours = templates_root()
    plugins = plugin_roots(ours)
    return (*([_checked(own, ours)] if own else []), ours, *plugins)


def _checked(own: Path, ours: Path) -> Path:
    if not own.is_dir():
        raise ScaffoldError(f"--templates: {own} is no folder")
    found = [path.relative_to(own) for path in _files(own)]
    if not found:
        raise ScaffoldError(f"--templates: {own} has no template, such as project/README.md.jinja")
    for path in found:
        _check(path, own, ours)
    return own.absolute()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in SUFFIXES:
            yield path


def _check(path: Path, own: Path, ours: Path) -> None:
    """Refuse a template that nothing would look up."""
    if path.parts[0] not in FOLDERS:
        raise ScaffoldError(
            f"--templates: {own / path} shadows nothing; its folder is one of {', '.join(FOLDERS)}"
        )
    if path.parts[0] in ("resource", "starter") and not (ours / path).is_file():
        folder = ours / path.parts[0]
        names = ", ".join(found.relative_to(folder).as_posix() for found in _files(folder))
        raise ScaffoldError(f"--templates: {own / path} shadows nothing; there are {names}")
