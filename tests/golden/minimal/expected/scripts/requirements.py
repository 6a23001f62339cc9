"""Print what is to be installed, a line each, for any installer: `--dev` adds the tools.

That is what pyproject.toml requires; once `make lock` was run, every version with its hashes.
"""

import hashlib
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def requirements(*, dev: bool) -> list[str]:
    """What the service requires, and its development where `dev` is set."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime: list[str] = data["project"]["dependencies"]
    return [*runtime, *(data["dependency-groups"]["dev"] if dev else ())]


def lock(*, dev: bool) -> Path:
    """Where the versions are pinned, if they are."""
    return ROOT / ("requirements-dev.txt" if dev else "requirements.txt")


def mark(lines: list[str]) -> str:
    """The first line of a lock, which tells of what it is one."""
    return f"# of {hashlib.sha256(repr(sorted(lines)).encode()).hexdigest()}"


def installed(*, dev: bool) -> list[str]:
    """The lock, or without one what is required. A lock of other requirements ends the program."""
    required, pinned = requirements(dev=dev), lock(dev=dev)
    if not pinned.exists():
        return required
    first, *lines = pinned.read_text(encoding="utf-8").splitlines()
    if first != mark(required):
        sys.exit(f"{pinned.name} is not of what pyproject.toml requires now: run make lock")
    return lines


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in installed(dev="--dev" in sys.argv))
