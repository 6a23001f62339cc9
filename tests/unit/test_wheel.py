"""What is installed from a wheel does what the checkout does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator import cli
from generator.features.roots import templates_root

REPOSITORY = Path(cli.__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel would install."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_a_wheel_holds_every_template(installed: Path) -> None:
    root = templates_root()
    ours = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
    packed = installed / "generator/templates"
    assert {path.relative_to(packed) for path in packed.rglob("*") if path.is_file()} == ours
    tops = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"generator"}


def test_an_installed_tool_makes_the_same_project(installed: Path, tmp_path: Path) -> None:
    made: list[dict[Path, bytes]] = []
    for place in (installed, REPOSITORY):
        folder = tmp_path / str(len(made))
        subprocess.run(
            [sys.executable, "-m", "generator", "new", "shop", str(folder), "--no-git"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(place)},
            capture_output=True,
            check=True,
        )
        files = (path for path in folder.rglob("*") if path.is_file())
        made.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert made[0] == made[1]
    assert made[0]
