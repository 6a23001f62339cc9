"""The questions about a new service: asked where something is open, checked as it is answered."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from generator import cli, pipeline
from generator.spec.model import Spec
from generator.starter import Answers, Sketch
from generator.wizard import Interview, completed

ENTER, DOWN, SPACE, INTERRUPT, ERASE = "\r", "\x1b[B", " ", "\x03", "\x15"
INTERVIEW = Interview("shop", pipeline.grammar().features, partial(pipeline.mistake, "shop"))
OPEN = Answers(description="A shop.", database="sqlite", accounts=True, features={})


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    """A keyboard."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def test_whoever_only_presses_enter_gets_the_defaults(keys: PipeInput) -> None:
    keys.send_text(ENTER * 5)
    answers = completed(Answers(), INTERVIEW)
    assert answers == Answers(
        description="Shop.",
        database="sqlite",
        accounts=True,
        features={"ci": True, "docker": True},
        resources=(),
    )
    assert pipeline.mistake("shop", answers) is None


def test_every_question_can_be_answered(keys: PipeInput) -> None:
    keys.send_text(f"{ERASE}Sells books.{ENTER}{DOWN}{DOWN}{ENTER}n")
    offered = [feature.name for feature in INTERVIEW.features]
    ci, metrics = offered.index("ci"), offered.index("metrics")
    keys.send_text(f"{DOWN * ci}{SPACE}{DOWN * (metrics - ci)}{SPACE}{ENTER}")
    keys.send_text(f"book{ENTER}title: string(1..200) index{ENTER}price: decimal(10, 2){ENTER}")
    keys.send_text(f"{ENTER}author{ENTER}{ENTER}{ENTER}")
    assert completed(Answers(), INTERVIEW) == Answers(
        description="Sells books.",
        database="mariadb",
        accounts=False,
        features={"ci": False, "docker": True, "metrics": True},
        resources=(
            Sketch(
                name="book",
                fields={"title": "string(1..200) index", "price": "decimal(10, 2)"},
            ),
            Sketch(name="author"),
        ),
    )


def test_nothing_is_asked_that_an_option_has_answered(keys: PipeInput) -> None:
    keys.send_text(f"book{ENTER}{ENTER}{ENTER}")
    assert completed(OPEN, INTERVIEW).resources == (Sketch(name="book"),)


@pytest.mark.parametrize("wrong", ["Select It", "user"])
def test_a_name_that_the_language_refuses_is_not_taken(keys: PipeInput, wrong: str) -> None:
    keys.send_text(f"{wrong}{ENTER}{ERASE}book{ENTER}{ENTER}{ENTER}")
    assert completed(OPEN, INTERVIEW).resources == (Sketch(name="book"),)


@pytest.mark.parametrize("wrong", ["title", "title: strong", "id: string", "title:"])
def test_a_field_that_the_language_refuses_is_not_taken(keys: PipeInput, wrong: str) -> None:
    keys.send_text(f"book{ENTER}{wrong}{ENTER}{ERASE}pages: int{ENTER}{ENTER}{ENTER}")
    assert completed(OPEN, INTERVIEW).resources == (Sketch(name="book", fields={"pages": "int"}),)


def test_one_name_is_taken_once(keys: PipeInput) -> None:
    keys.send_text(f"book{ENTER}{ENTER}book{ENTER}{ERASE}{ENTER}")
    assert completed(OPEN, INTERVIEW).resources == (Sketch(name="book"),)


def test_it_can_be_stopped(keys: PipeInput) -> None:
    keys.send_text(INTERRUPT)
    with pytest.raises(KeyboardInterrupt):
        completed(Answers(), INTERVIEW)


# --- the same by options ------------------------------------------------------------------------


def made(folder: Path, *words: str) -> Spec:
    assert cli.run(["new", "shop", str(folder), "--no-git", *words]) == 0
    return pipeline.read((folder / "service.yaml").read_bytes())


def test_every_answer_is_an_option_too(tmp_path: Path) -> None:
    spec = made(
        tmp_path / "shop",
        *("--description", "Sells books.", "--database", "mariadb", "--no-accounts"),
        *("--feature", "metrics", "--without", "ci", "--resource", "author"),
        *("--field", "book.title: string(1..200)", "--field", "book.price: decimal(10, 2) >= 0"),
    )
    assert (spec.service.description, spec.database, spec.auth) == ("Sells books.", "mariadb", None)
    assert [feature.name for feature in spec.features] == ["docker", "metrics"]
    fields = {r.name: [field.name for field in r.fields] for r in spec.resources}
    assert fields == {"author": ["name"], "book": ["title", "price"]}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--field", "title: string"], "a field is said as"),
        (["--field", "book.title"], "a field is said as"),
        (["--field", "book.title: strong"], 'did you mean "string"?'),
        (["--resource", "Select It"], "is no name"),
        (["--feature", "metricks"], 'did you mean "metrics"?'),
    ],
)
def test_a_wrong_option_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert cli.run(["new", "shop", str(tmp_path / "shop"), *words]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "shop").exists()


def test_a_page_says_for_itself_what_an_option_would(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.yaml"
    page.write_text("scaffold: 1\n", encoding="utf-8")
    assert cli.run(["new", str(page), "--database", "mariadb", "--resource", "book"]) == 2
    assert "--database and --resource are for a bare name" in capsys.readouterr().err


# --- on a terminal ------------------------------------------------------------------------------


def typed(folder: Path, text: str, *words: str) -> tuple[int, str]:
    """Run on a terminal whose person types ahead; the exit status and what was shown."""
    leader, follower = pty.openpty()
    repository = Path(cli.__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "new", *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(repository), "TERM": "xterm"},
        cwd=folder,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    ) as process:
        os.close(follower)
        shown = b""
        while b"sentence?" not in shown and (block := _read(leader)):
            shown += block
        os.write(leader, text.encode())
        while block := _read(leader):
            shown += block
    os.close(leader)
    return process.returncode, shown.decode(errors="replace")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""


def test_a_terminal_is_asked_and_a_project_made(tmp_path: Path) -> None:
    status, shown = typed(tmp_path, f"{ENTER * 4}book{ENTER}{ENTER}{ENTER}", "shop", "--no-git")
    assert status == 0, shown
    assert "Which database?" in shown
    assert "Created shop in shop" in shown
    assert "  book:\n" in (tmp_path / "shop/service.yaml").read_text(encoding="utf-8")


def test_whoever_stops_it_finds_nothing_written(tmp_path: Path) -> None:
    status, _ = typed(tmp_path, f"{ENTER}{INTERRUPT}", "shop")
    assert status == cli.INTERRUPTED
    assert list(tmp_path.iterdir()) == []
