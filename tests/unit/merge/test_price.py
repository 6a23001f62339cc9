"""What a merge loads: nothing that takes long, unless it needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = ("libcst", "pyflakes.checker", "ruamel.yaml")
BASE = "a = 1\\nb = 2\\nc = 3\\n"


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        pytest.param("", [], id="no merge"),
        pytest.param(f"merge_file('notes.txt', '{BASE}', 'x', 'y')", [], id="text"),
        pytest.param(
            f"merge_file('x.py', '{BASE}', '{BASE}d = 4\\n', 'z = 0\\n{BASE}')",
            ["pyflakes.checker"],
            id="by lines",
        ),
        pytest.param(
            f"merge_file('x.py', '{BASE}', '{BASE}d = 4\\n', '{BASE}e = 5\\n')",
            ["libcst", "pyflakes.checker"],
            id="by structure",
        ),
    ],
)
def test_a_merge_loads_what_it_needs(code: str, loaded: list[str]) -> None:
    asked = f"print(*(name for name in {SLOW!r} if name in sys.modules))"
    program = f"import sys\nfrom generator.merge import merge_file\n{code}\n{asked}\n"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == loaded
