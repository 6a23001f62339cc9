"""The readme's first request does what it says when somebody pastes it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from generated.projects import Sample, each_sample, environment
from generated.server import Server

BOOKSTORE: tuple[Sample, ...] = (("bookstore", "sqlite"),)
ACCOUNTS: tuple[Sample, ...] = (("helpdesk", "sqlite"),)
FENCE = "```"


def pasted(server: Server) -> str:
    """The commands of the section, for a server that is where this one is."""
    page = (server.project.folder / "README.md").read_text("utf-8")
    section = page.split("## The first request\n", 1)[1]
    commands = section.split(f"{FENCE}sh\n", 1)[1].split(FENCE, 1)[0]
    return commands.replace("http://127.0.0.1:8000", server.url)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@each_sample(quick=BOOKSTORE, proof=ACCOUNTS)
def test_the_first_request_of_the_readme_is_answered(server: Server) -> None:
    words = ["sh", "-euc", pasted(server)]
    done = subprocess.run(
        words, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"email":"ada@example.com"') == 2, done.stdout
