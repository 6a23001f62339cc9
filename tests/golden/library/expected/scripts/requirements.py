"""Print what pyproject.toml requires, a line each, for any installer: `--dev` adds the tools."""

import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def requirements(*, dev: bool) -> list[str]:
    """The requirements of the service, and of its development where `dev` is set."""
    data = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    runtime: list[str] = data["project"]["dependencies"]
    return [*runtime, *(data["dependency-groups"]["dev"] if dev else ())]


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in requirements(dev="--dev" in sys.argv))
