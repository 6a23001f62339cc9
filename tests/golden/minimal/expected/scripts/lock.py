"""Pin every version with its hashes, for all systems: `make lock`; needs uv.

Versions that are pinned already stay, unless pyproject.toml asks for others: `--upgrade` takes the
newest.
"""

import shutil
import subprocess
import sys

from requirements import lock, mark, requirements

COMPILE = ("pip", "compile", "-", "--universal", "--python-version", "3.11", "--generate-hashes")
QUIET = ("--quiet", "--no-header", "--no-annotate")


def write(uv: str, *, dev: bool, options: list[str]) -> None:
    """Write one of the two locks."""
    lines, path = requirements(dev=dev), lock(dev=dev)
    command = [uv, *COMPILE, *QUIET, "--output-file", str(path), *options]
    subprocess.run(command, input="\n".join(lines), text=True, check=True)  # noqa: S603 - it is uv
    pinned = path.read_text(encoding="utf-8")
    path.write_text(f"{mark(lines)}\n{pinned}", encoding="utf-8")


def main(options: list[str]) -> None:
    """Write both: what the image installs, and what the tools need beside it."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("make lock needs uv: https://docs.astral.sh/uv/getting-started/installation")
    for dev in (False, True):
        write(uv, dev=dev, options=options)


if __name__ == "__main__":
    main(sys.argv[1:])
