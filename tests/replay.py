"""Pages whose console blocks are run: what stands there was printed, and is printed still.

`make pages` writes down what they print now.

A block begins with `$`; each such line is run by a shell in one folder for the whole page, and what
it prints follows. A `yaml` block whose first line is `# service.yaml` writes that file first.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "docs/evolution.md", *sorted((ROOT / "docs/features").glob("*.md")))
BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "NO_COLOR": "1",
}


def replayed(page: str, folder: Path) -> str:
    """Return a page with what its commands print now, run below an empty folder."""
    shell = Shell(folder)
    return BLOCK.sub(lambda block: f"```{block[1]}\n{shell.block(block[1], block[2])}```\n", page)


class Shell:
    """A person at a shell: the folder that they are in stays from command to command."""

    def __init__(self, folder: Path) -> None:
        self._top = folder
        self._folder = folder
        tools = folder.parent / "tools"
        tools.mkdir(exist_ok=True)
        tool = tools / "scaffold"
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n')
        tool.chmod(0o755)
        path = f"{tools}:{os.environ['PATH']}"
        self._environment = {**os.environ, **IDENTITY, "PATH": path, "PYTHONPATH": str(ROOT)}

    def block(self, kind: str, text: str) -> str:
        """Return a block as it would be printed now; write it where it is a page."""
        if kind == "yaml":
            if text.startswith("# service.yaml\n"):
                (self._top / "service.yaml").write_text(text, encoding="utf-8")
            return text
        return "".join(self._printed(command) for command in _commands(text))

    def _printed(self, command: str) -> str:
        words = f'{command}\nstatus=$?\npwd > "{self._top.parent}/folder"\nexit $status\n'
        done = subprocess.run(
            ["bash", "-c", words],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self._folder = Path((self._top.parent / "folder").read_text().strip())
        shown = done.stdout.replace(str(self._top), "~")
        head = "\n> ".join(command.split("\n"))
        return f"$ {head}\n{shown}"


def _commands(text: str) -> list[str]:
    """The commands of a block; a line that starts with `> ` continues the one before."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.startswith("$ "):
            found.append(line[2:])
        elif line.startswith("> ") and found:
            found[-1] += f"\n{line[2:]}"
    return found


def record(page: Path) -> None:
    """Run the commands of a page, and write down what they print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        page.write_text(replayed(page.read_text(encoding="utf-8"), home), encoding="utf-8")


if __name__ == "__main__":
    for page in PAGES:
        record(page)
