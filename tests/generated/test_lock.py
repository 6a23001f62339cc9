"""`make lock` of a generated project, with uv and an index of packages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import pipeline
from generator.project import write

PAGE = "scaffold: 1\nservice: {name: shop}\nresources: {thing: {fields: {name: string}}}\n"
HASH = re.compile(r"sha256:[0-9a-f]{64}")

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def uv(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A search path on which uv is."""
    folder = tmp_path_factory.mktemp("uv")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="module")
def locked(uv: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose versions are pinned, and no environment yet."""
    folder = tmp_path_factory.mktemp("locked") / "shop"
    write(pipeline.generate(pipeline.read(PAGE), PAGE), folder)
    subprocess.run(
        ["make", "lock", f"PYTHON={sys.executable}"],
        cwd=folder,
        env={**os.environ, "PATH": uv},
        check=True,
    )
    return folder


def printed(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What the project would install."""
    command = [sys.executable, "scripts/requirements.py", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def tried(lines: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What pip makes of requirements, short of installing them."""
    wanted = folder / "wanted.txt"
    wanted.write_text(lines)
    options = ("--dry-run", "--ignore-installed", "--requirement", str(wanted))
    command = [sys.executable, "-m", "pip", "install", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_locked_is_installed_and_what_differs_is_not(locked: Path, tmp_path: Path) -> None:
    lines = printed(locked).stdout
    assert "Would install" in tried(lines, tmp_path).stdout

    name = re.search(r"^pyjwt==\S+ \\\n(?: +--hash=\S+(?: \\)?\n)+", lines, re.MULTILINE)
    assert name is not None
    forged = lines.replace(name[0], HASH.sub(f"sha256:{'0' * 64}", name[0]))
    refused = tried(forged, tmp_path)
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr


@pytest.mark.parametrize(("options", "has_tools"), [((), False), (("--dev",), True)])
def test_every_version_is_pinned_and_hashed(
    locked: Path, options: tuple[str, ...], *, has_tools: bool
) -> None:
    lines = printed(locked, *options).stdout
    packages = re.split(r"\n(?=\S)", lines.strip())
    assert len(packages) > 20
    for package in packages:
        assert re.match(r"[a-z0-9.\[\],-]+==\S+", package), package
        assert HASH.search(package), package
    assert ("\nruff==" in lines) == has_tools
    assert "http" not in lines.replace("httptools", "").replace("httpx2", "").replace(
        "httpcore2", ""
    )


def test_a_lock_of_other_requirements_is_refused(locked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    subprocess.run(["cp", "-r", locked, folder], check=True)
    page = folder / "pyproject.toml"
    page.write_text(page.read_text().replace('"fastapi>=', '"fastapi>0.1,>='))

    done = printed(folder)

    assert done.returncode == 1
    assert done.stdout == ""
    assert "run make lock" in done.stderr
