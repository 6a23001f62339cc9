"""Generated projects: each made by the real command line, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from generator.pipeline import read
from generator.spec.model import Engine, Spec

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "sample_specs"
NAMES = tuple(sorted(path.stem for path in SAMPLES.glob("*.yaml")))
"""Every sample there is."""
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")

Sample = tuple[str, Engine]
QUICK: tuple[Sample, ...] = (
    ("minimal", "sqlite"),
    ("bookstore", "sqlite"),
)
PROOF: tuple[Sample, ...] = (
    ("weather", "sqlite"),
    ("helpdesk", "sqlite"),
    ("everything", "sqlite"),
    ("organisation", "postgresql"),
    ("bookstore", "postgresql"),
    ("helpdesk", "postgresql"),
    ("bookstore", "mariadb"),
    ("platform", "postgresql"),
)
THOROUGH: tuple[Sample, ...] = (
    ("platform", "sqlite"),
    ("platform", "mariadb"),
    ("wiki", "sqlite"),
    ("shop", "sqlite"),
    ("awkward", "sqlite"),
    ("everything", "postgresql"),
    ("organisation", "sqlite"),
    ("shop", "postgresql"),
    ("weather", "postgresql"),
    ("helpdesk", "mariadb"),
    ("everything", "mariadb"),
    ("wiki", "postgresql"),
    ("wiki", "mariadb"),
    ("awkward", "postgresql"),
    ("awkward", "mariadb"),
)
"""What `make proof` adds to what .ci/run tries."""
BOOKSTORES: tuple[Sample, ...] = (("bookstore", "postgresql"), ("bookstore", "mariadb"))


def sample(name: str, engine: Engine, *marks: pytest.MarkDecorator) -> object:
    """A parameter: a sample on an engine; `scheduling` keeps its tests together by the id."""
    return pytest.param((name, engine), id=f"{name}-{engine}", marks=marks)


def each_sample(
    *,
    quick: tuple[Sample, ...] = QUICK,
    proof: tuple[Sample, ...] = PROOF,
    thorough: tuple[Sample, ...] | None = None,
) -> pytest.MarkDecorator:
    """Runs a test for samples on engines: always, for the proof, and for the thorough one.

    Where nothing is said, every sample has its turn.
    """
    if thorough is None:
        thorough = THOROUGH if proof is PROOF else ()
    every = [
        *(sample(*one) for one in quick),
        *(sample(*one, pytest.mark.proof) for one in proof),
        *(sample(*one, pytest.mark.thorough) for one in thorough),
    ]
    return pytest.mark.parametrize("project", every, indirect=True)


def each_bookstore() -> pytest.MarkDecorator:
    """Runs a test for the bookstore: on SQLite at once, on the servers for the proof."""
    return each_sample(quick=(("bookstore", "sqlite"),), proof=BOOKSTORES)


@dataclass(frozen=True, slots=True)
class Project:
    """A generated project, and how to run something in it."""

    name: str
    engine: Engine
    folder: Path

    @property
    def spec(self) -> Spec:
        """What it was made from."""
        return spec_of(self.folder)

    @property
    def is_closed(self) -> bool:
        """Whether nobody signs up."""
        return not (self.folder / "app/auth/sign_up").exists()

    @property
    def has_tokens(self) -> bool:
        """Whether callers may sign in with tokens."""
        return (self.folder / "app/auth/jwt").exists()

    @property
    def is_open(self) -> bool:
        """Whether it has no accounts."""
        return not (self.folder / "app/auth").exists()

    def python(
        self, *arguments: str, variables: Mapping[str, str] | None = None, said: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run this Python in the project, whatever comes of it."""
        return run([*arguments], self.folder, variables or {}, said)

    def must(self, *arguments: str, **variables: str) -> str:
        """Run this Python in the project; the output, or a failure that shows it."""
        done = self.python(*arguments, variables=variables)
        assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every file that was generated: its path in the project, and its text."""
        for path, content in contents(self.folder).items():
            yield path, content.decode("utf-8")


@cache
def spec_of(folder: Path) -> Spec:
    """The spec of a project in a folder, read once."""
    return read((folder / "service.yaml").read_bytes())


def run(
    arguments: list[str], folder: Path, variables: Mapping[str, str], said: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run this Python in a folder, with an environment of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(**variables),
        input=said,
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )


def environment(**variables: str) -> dict[str, str]:
    """What a person's shell would have, without what the tests around it set."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **variables}


def generate(name: str, engine: Engine, folder: Path, **variables: str) -> Project:
    """A sample on an engine, through the command line."""
    text = with_engine((SAMPLES / f"{name}.yaml").read_text("utf-8"), engine)
    return made(name, engine, text, folder, **variables)


def made(
    name: str,
    engine: Engine,
    text: str,
    folder: Path,
    options: Sequence[str] = (),
    **variables: str,
) -> Project:
    """The project of a spec, through the command line."""
    folder.mkdir(parents=True)
    spec = folder / "given.yaml"
    spec.write_text(text, "utf-8")
    target = folder / name
    arguments = ["-m", "generator", "new", str(spec), str(target), "--no-git", *options]
    done = run(arguments, folder, {"PYTHONPATH": str(REPOSITORY), **variables})
    assert done.returncode == 0, done.stderr
    return Project(name, engine, target)


def with_engine(text: str, engine: Engine) -> str:
    """The text of a spec, which names SQLite or no engine, with another one."""
    if engine == "sqlite":
        return text
    line = f"database: {engine}"
    replaced, count = re.subn(r"^database: sqlite\b", line, text, flags=re.MULTILINE)
    return replaced if count else f"{text}\n{line}\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, in order; what tools left behind is passed over."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    kept = [path for path in paths if not {"__pycache__", ".scaffold"} & set(path.parts)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}
