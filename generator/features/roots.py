"""Where templates are found: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def templates_root() -> Path:
    """Return the folder that holds `project/`, `resource/` and `features/`.

    Raises FileNotFoundError where the installation is damaged.
    """
    for root in (PACKAGE / "templates", PACKAGE.parent / "templates"):
        if (root / "project").is_dir():
            return root
    raise FileNotFoundError("this installation of scaffold has no templates; install it again")


def template_roots() -> tuple[Path, ...]:
    """Return every root in the order in which a path is looked up: the first that has it wins."""
    return (templates_root(),)
