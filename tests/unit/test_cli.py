"""The command line: exit status, messages, and the one JSON object."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validators
from ruamel.yaml import YAML

from generator import __version__, cli, pipeline
from generator.errors import ExitStatus

SPEC = """\
scaffold: 1
service: {name: shop}
resources:
  thing:
    fields:
      name: string
"""
KEYS = {"ok", "errors", "files", "migration", "conflicts", "next_steps"}
ERROR_KEYS = {"code", "message", "file", "line", "column", "path", "suggestion"}
REPOSITORY = Path(cli.__file__).parent.parent


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A spec beside the working directory."""
    path = tmp_path / "service.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    """Run with `--json`: the exit status, and the one object on standard output."""
    status = cli.run([*words, "--json"])
    captured = capsys.readouterr()
    assert captured.err == ""
    found = json.loads(captured.out)
    assert found.keys() >= KEYS
    assert all(error.keys() == ERROR_KEYS for error in found["errors"])
    assert found["ok"] is (not found["errors"])
    return status, found


def process(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **variables}
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def on_a_terminal(*words: str, **variables: str) -> str:
    """Run on a pseudo terminal and return what it shows."""
    leader, follower = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        env={**environment, **variables},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    ):
        os.close(follower)
        shown = b""
        while True:
            try:
                block = os.read(leader, 65536)
            except OSError:
                break
            if not block:
                break
            shown += block
    os.close(leader)
    return shown.decode()


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_the_help_lists_the_commands(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert cli.run(words) == 0
    shown = capsys.readouterr().out
    assert "new " in shown
    assert "features " in shown


COMMANDS = [
    getattr(command.callback, "__name__", "").replace("_", "-")
    for command in cli.app.registered_commands
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_ends_in_an_example(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert cli.run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    example = re.split(r"\n *Examples?:\n", shown)[-1].strip().splitlines()
    assert example
    assert all(line.strip().startswith(f"scaffold {command}") for line in example)


def test_the_help_needs_nothing_of_the_pipeline() -> None:
    code = (
        "import sys; from generator import cli; cli.run(['--help']); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert not loaded & {"rich", "jinja2", "sqlalchemy", "alembic", "ruamel.yaml", "pydantic"}


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"scaffold {__version__}\n"


def test_the_module_is_the_command() -> None:
    assert process("--version").stdout == f"scaffold {__version__}\n"


# --- wrong words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message", "near"),
    [
        (["nwe", "x"], "No such command 'nwe'", "new"),
        (["new", "x", "--databse", "sqlite"], "No such option: --databse", "--database"),
        (["new", "x", "--database", "sqlit"], "is not one of 'sqlite', 'postgresql'", "sqlite"),
        (["new"], "Missing argument 'SPEC|NAME'", None),
        (["new", "a", "b", "c"], "unexpected extra argument", None),
        (["zzzzzzzz"], "No such command 'zzzzzzzz'", None),
    ],
)
def test_a_wrong_word_is_bad_input_with_the_nearest_right_one(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str, near: str | None
) -> None:
    assert cli.run(words) == ExitStatus.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert (f'did you mean "{near}"?' in captured.err) is (near is not None)
    status, found = answer(capsys, *words)
    assert status == ExitStatus.BAD_INPUT
    assert [(e["code"], e["suggestion"]) for e in found["errors"]] == [("usage", near)]


# --- new ----------------------------------------------------------------------------------------


def test_a_project_from_a_file(capsys: pytest.CaptureFixture[str], page: Path, here: Path) -> None:
    status, found = answer(capsys, "new", str(page))
    assert status == 0
    assert {file["action"] for file in found["files"]} == {"create"}
    paths = [file["path"] for file in found["files"]]
    assert paths == sorted(paths)
    assert {"app/main.py", "pyproject.toml", "service.yaml"} <= set(paths)
    assert all((here / "shop" / path).is_file() for path in paths)
    assert (here / "shop/service.yaml").read_text() == SPEC
    assert found["next_steps"] == ["cd shop", "make dev", "make test"]


def test_next_steps_are_numbered_and_can_be_pasted(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path
) -> None:
    assert cli.run(["new", str(page), "it's here/shop"]) == 0
    lines = capsys.readouterr().out.splitlines()
    steps = [re.fullmatch(r" *(\d)\. (.*)", line) for line in lines[lines.index("Next:") + 1 :]]
    assert [step and step[1] for step in steps] == ["1", "2", "3"]
    enter = steps[0][2] if steps[0] else ""
    done = subprocess.run(
        ["sh", "-c", f"{enter} && pwd"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(here / "it's here/shop")


@pytest.mark.parametrize("with_git", [True, False])
def test_what_is_made_besides_the_files_is_said(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path, with_git: bool
) -> None:
    assert cli.run(["new", str(page), *([] if with_git else ["--no-git"])]) == 0
    printed = capsys.readouterr().out
    assert ".scaffold/ is what later syncs compare with" in printed
    assert ("the first commit of a new git repository" in printed) == with_git
    assert (here / "shop/.git").exists() == with_git


@pytest.mark.parametrize(
    ("engine", "server"), [("postgresql", "PostgreSQL"), ("mariadb", "MariaDB")]
)
def test_a_server_is_started_first(
    capsys: pytest.CaptureFixture[str], page: Path, engine: str, server: str
) -> None:
    page.write_text(f"{SPEC}database: {engine}\n", encoding="utf-8")
    status, found = answer(capsys, "new", str(page), "--dry-run")
    assert (status, found["next_steps"]) == (0, [])
    assert cli.run(["new", str(page)]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = "SECRET_KEY=unused docker compose up --detach --wait database"
    steps = ["cd shop", start, "make dev", "make test"]
    said = lines[lines.index("Next:") + 1 :]
    assert said[:4] == [f"  {n}. {step}" for n, step in enumerate(steps, 1)]
    assert said[-1].startswith(f"{server} has to be running")


def test_without_docker_nobody_starts_a_server(
    capsys: pytest.CaptureFixture[str], page: Path
) -> None:
    spec = f"{SPEC}database: postgresql\nfeatures: {{docker: false}}\n"
    page.write_text(spec, encoding="utf-8")
    _, found = answer(capsys, "new", str(page))
    assert found["next_steps"] == ["cd shop", "make dev", "make test"]


def test_in_the_folder_itself_there_is_nowhere_to_go(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path
) -> None:
    status, found = answer(capsys, "new", str(page), ".")
    assert (status, found["next_steps"]) == (0, ["make dev", "make test"])
    assert (here / "app/main.py").is_file()


@pytest.mark.parametrize("name", ["book-store", "x"])
def test_a_bare_name_starts_with_a_spec_that_means_something(
    capsys: pytest.CaptureFixture[str], here: Path, name: str
) -> None:
    status, _ = answer(capsys, "new", name, "--yes", "--database", "postgresql", "--no-git")
    assert status == 0
    spec = pipeline.read((here / name / "service.yaml").read_bytes())
    assert (spec.service.name, spec.database) == (name, "postgresql")
    assert spec.resources
    assert not (here / name / ".git").exists()


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Book_Store", '; did you mean "book-store"?'),
        ("a" * 65, None),
        ("2nd", None),
        ("nul\x00", '; did you mean "nul"?'),
        ("", None),
    ],
)
def test_a_word_that_is_no_name_is_refused(
    capsys: pytest.CaptureFixture[str], here: Path, word: str, hint: str | None
) -> None:
    status, found = answer(capsys, "new", word)
    assert status == ExitStatus.BAD_INPUT
    assert ("did you mean" in found["errors"][0]["message"]) is (hint is not None)
    assert hint is None or found["errors"][0]["message"].endswith(hint)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("word", ["nothing.yaml", "no/where", "."])
def test_a_file_that_can_not_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], here: Path, word: str
) -> None:
    status, found = answer(capsys, "new", word)
    assert status == ExitStatus.BAD_INPUT
    assert "can't be read" in found["errors"][0]["message"]
    assert list(here.iterdir()) == []


def test_the_database_of_a_file_is_said_in_it(
    capsys: pytest.CaptureFixture[str], page: Path
) -> None:
    status, found = answer(capsys, "new", str(page), "--database", "postgresql")
    assert status == ExitStatus.BAD_INPUT
    assert "--database is for a bare name" in found["errors"][0]["message"]


def test_a_dry_run_says_the_same_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path
) -> None:
    _, dry = answer(capsys, "new", str(page), "--dry-run")
    assert list(here.iterdir()) == []
    _, wet = answer(capsys, "new", str(page))
    assert dry["files"] == wet["files"]
    assert dry["next_steps"] == []


def test_a_byte_order_mark_and_windows_line_ends_are_kept(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path
) -> None:
    data = b"\xef\xbb\xbf" + SPEC.replace("\n", "\r\n").encode()
    page.write_bytes(data)
    assert answer(capsys, "new", str(page))[0] == 0
    assert (here / "shop/service.yaml").read_bytes() == data


def test_every_mistake_of_a_spec_is_told_and_nothing_written(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path
) -> None:
    page.write_text(SPEC.replace("name: string", "name: strin\n      other: decimel"))
    status, found = answer(capsys, "new", str(page))
    assert status == ExitStatus.BAD_INPUT
    problems = [(e["code"], e["file"], e["line"], e["path"]) for e in found["errors"]]
    assert problems == [
        ("unknown-type", str(page), 6, "resources.thing.fields.name"),
        ("unknown-type", str(page), 7, "resources.thing.fields.other"),
    ]
    assert cli.run(["new", str(page)]) == ExitStatus.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{page}:6:" in captured.err
    assert captured.err.endswith("2 errors; nothing was written.\n")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a: \xe9", b"#" * (1024 * 1024 + 1), b""])
def test_what_is_no_spec_at_all_is_located_too(
    capsys: pytest.CaptureFixture[str], page: Path, data: bytes
) -> None:
    page.write_bytes(data)
    status, found = answer(capsys, "new", str(page))
    assert status == ExitStatus.BAD_INPUT
    assert [(e["file"], e["line"]) for e in found["errors"]] == [(str(page), 1)]


def test_a_folder_that_is_not_empty_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], page: Path, here: Path
) -> None:
    (here / "shop").mkdir()
    (here / "shop/mine").touch()
    assert cli.run(["new", str(page)]) == ExitStatus.BAD_INPUT
    assert capsys.readouterr().err == (
        "error: shop is not empty; name a folder that is, or one to create\n"
    )
    assert [path.name for path in (here / "shop").iterdir()] == ["mine"]


# --- faults of ours -----------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("by zero\nand more")

    monkeypatch.delenv(cli.DEBUG, raising=False)
    monkeypatch.setattr(pipeline, "new", fail)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_ours_is_told_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", "x"]) == ExitStatus.FAULT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: a fault of scaffold's own")
    assert "ZeroDivisionError: by zero" in captured.err
    assert captured.err.count("\n") == 1
    status, found = answer(capsys, "new", "x")
    assert status == ExitStatus.FAULT
    assert found["errors"][0]["code"] == "fault"


@pytest.mark.usefixtures("broken")
def test_whoever_debugs_gets_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cli.DEBUG, "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(["new", "x"])


# --- terminals and pipes ------------------------------------------------------------------------


def test_a_pipe_gets_plain_lines(page: Path) -> None:
    done = process("new", str(page), FORCE_COLOR="1")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "create app/main.py\n" in done.stdout


def test_a_terminal_gets_a_summary_in_colour_unless_told_not_to(page: Path) -> None:
    shown = on_a_terminal("new", str(page), "one")
    assert "\x1b[32mCreated shop in one" in shown
    assert "app/main.py" not in shown
    plain = on_a_terminal("new", str(page), "two", NO_COLOR="1")
    assert "Created shop in two" in plain
    assert "\x1b" not in plain


@pytest.mark.parametrize("words", [("notes", "--yes"), ("notes", "--json")])
def test_nothing_is_asked_on_a_terminal_where_told_not_to(words: tuple[str, ...]) -> None:
    assert re.search(r"Created notes in notes|\"ok\": true", on_a_terminal("new", *words))


def test_a_reader_that_has_gone_is_no_fault(page: Path) -> None:
    command = f"{sys.executable} -m generator new {page} | true"
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_features_are_listed_with_what_they_bring(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["features"]) == 0
    shown = capsys.readouterr().out
    assert "docker: true (on unless false)" in shown
    assert "metrics: prometheus" in shown
    status, found = answer(capsys, "features")
    assert status == 0
    names = [feature["name"] for feature in found["features"]]
    assert names == sorted(names)


def test_the_schema_takes_a_good_spec_and_no_bad_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    validator = validators.validator_for(schema)(schema)
    assert validator.is_valid(YAML(typ="safe", pure=True).load(SPEC))
    assert not validator.is_valid({"scaffold": 1, "service": {"nam": "shop"}})


def test_an_error_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "unknown-type"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("error[unknown-type]: ")
    assert answer(capsys, "explain", "unknown-type")[1]["explanation"] == shown


def test_an_unknown_code_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    status, found = answer(capsys, "explain", "unknown-tipe")
    assert status == ExitStatus.BAD_INPUT
    assert 'did you mean "unknown-type"?' in found["errors"][0]["message"]


# --- completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("scaffold add", {"add-resource"}),
        ("scaffold explain unknown-t", {"unknown-type"}),
        ("scaffold new shop --without dock", {"docker"}),
        ("scaffold new shop --database post", {"postgresql"}),
    ],
)
def test_a_shell_is_told_what_may_follow(words: str, expected: set[str]) -> None:
    asked = {
        "_SCAFFOLD_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    program = "from generator.cli import app; app(prog_name='scaffold')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == expected
