"""A project that lives: its page changes, a person edits it, and nothing of either is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__, cli, pipeline, project
from generator.errors import ScaffoldError, SpecError
from generator.features.roots import templates_root
from generator.merge.markers import leftovers
from generator.migrations.lineage import heads
from generator.pipeline import Options

PAGE = """\
scaffold: 1
service: {name: library}
auth: none
features: {docker: false, ci: false, metrics: false}

resources:
  author:
    fields:
      name: string(1..50) index
      born: int?

  book:
    fields:
      title: string(1..200)
    relations:
      author: belongs_to author inverse books
"""
SHELF = "\n  shelf:\n    fields:\n      label: string(1..20)\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "page.yaml").write_text(PAGE)
    pipeline.new(str(folder / "page.yaml"), folder / "library", with_git=False)
    return folder / "library"


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library", symlinks=True))


def test_a_sync_without_a_change_loads_nothing_that_makes_files(library: Path) -> None:
    slow = ("alembic", "generator.views", "generator.plan", "jinja2", "libcst", "sqlalchemy")
    asked = f"print(*(name for name in {slow!r} if name in sys.modules))"
    program = (
        "import sys\nfrom pathlib import Path\nfrom generator import pipeline\n"
        f"found = pipeline.sync(Path({str(library)!r}))\nassert not found.written\n{asked}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: data for path, data in found.items() if not path.startswith(".scaffold/last/")}


def say(library: Path, old: str, new: str) -> None:
    """Change the page."""
    page = library / "service.yaml"
    text = page.read_text()
    assert old in text or not old
    page.write_text(text.replace(old, new) if old else text + new)


def edit(library: Path, path: str, old: str, new: str) -> None:
    file = library / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def actions(outcome: pipeline.Outcome) -> dict[str, str]:
    return {c.path: c.action for c in outcome.merged.changes if c.action != "unchanged"}


def test_a_sync_of_nothing_changes_nothing(library: Path) -> None:
    before = contents(library)
    assert actions(pipeline.sync(library)) == {}
    assert contents(library) == before


def test_a_new_resource_touches_what_it_concerns_and_no_edit(library: Path) -> None:
    edit(library, "app/models.py", '"""', '"""Mine. ')
    edit(library, "app/resources/books/service.py", "class ", "# mine\nclass ")
    before = contents(library)
    say(library, "", SHELF)
    done = actions(pipeline.sync(library))
    after = contents(library)
    assert done["app/models.py"] == "merge"
    assert done["app/resources/shelves/router.py"] == "create"
    assert not [path for path in done if "books" in path or "authors" in path]
    assert b"Mine." in after["app/models.py"]
    assert b"shelves" in after["app/models.py"]
    touched = {path for path in after if after[path] != before.get(path)}
    own = {path for path in touched if not path.startswith(".scaffold/")}
    assert own == {*done, "service.yaml"}


def test_a_second_sync_changes_not_a_byte(library: Path) -> None:
    edit(library, "app/models.py", '"""', '"""Mine. ')
    say(library, "", SHELF)
    pipeline.sync(library)
    before = contents(library)
    assert actions(pipeline.sync(library)) == {}
    assert contents(library) == before


def test_a_memory_that_somebody_touched_is_compared_in_full(library: Path) -> None:
    """As after a merge of two branches, of which no stamp is true."""
    (library / ".scaffold/stamp").unlink()
    assert actions(pipeline.sync(library)) == {}
    assert (library / ".scaffold/stamp").is_file()


def test_a_plan_writes_nothing(library: Path) -> None:
    say(library, "", SHELF)
    before = contents(library)
    planned = actions(pipeline.sync(library, Options(dry_run=True)))
    assert contents(library) == before
    assert planned == actions(pipeline.sync(library))


def test_what_a_person_deleted_stays_deleted(library: Path) -> None:
    (library / "app/resources/books/seeds.py").unlink()
    say(library, "title: string(1..200)", "title: string(1..200)\n      pages: int?")
    done = pipeline.sync(library)
    assert actions(done)["app/resources/books/seeds.py"] == "keep"
    assert not (library / "app/resources/books/seeds.py").exists()
    assert done.status == 0


def test_what_is_no_longer_generated_goes_unless_it_was_edited(library: Path) -> None:
    say(library, "", SHELF)
    pipeline.sync(library)
    edit(library, "app/resources/shelves/service.py", "class ", "# mine\nclass ")
    say(library, SHELF, "")
    done = actions(pipeline.sync(library, Options(allow_data_loss=True)))
    assert done["app/resources/shelves/router.py"] == "delete"
    assert done["app/resources/shelves/service.py"] == "keep"
    left = [path.name for path in (library / "app/resources/shelves").iterdir()]
    assert left == ["service.py"]


def test_a_file_in_the_way_is_never_overwritten(library: Path) -> None:
    own = library / "app/resources/shelves/model.py"
    own.parent.mkdir()
    own.write_text("MINE = 1\n")
    say(library, "", SHELF)
    done = pipeline.sync(library)
    assert done.status == 1
    assert [one.path for one in done.merged.conflicts] == ["app/resources/shelves/model.py"]
    assert own.read_text() == "MINE = 1\n"
    assert "class Shelf" in (library / ".scaffold/base/app/resources/shelves/model.py").read_text()


def test_two_hands_on_one_line_meet_between_marks(library: Path) -> None:
    edit(library, "docs/erd.md", "string title", "string title_of_mine")
    say(library, "title: string(1..200)", "title: text")
    done = pipeline.sync(library)
    (conflict,) = done.merged.conflicts
    text = (library / "docs/erd.md").read_text()
    assert conflict.path == "docs/erd.md"
    assert leftovers(text) == (conflict.line,)
    assert "title_of_mine" in text
    assert "text title" in text


def test_an_open_conflict_stops_the_next_sync_until_it_is_settled(library: Path) -> None:
    edit(library, "docs/erd.md", "string title", "string title_of_mine")
    say(library, "title: string(1..200)", "title: text")
    pipeline.sync(library)
    say(library, "", SHELF)
    with pytest.raises(ScaffoldError, match=r"docs/erd\.md:\d+") as raised:
        pipeline.sync(library)
    assert raised.value.exit_status == 1
    text = (library / "docs/erd.md").read_text()
    head, _, rest = text.partition("<<<<<<<")
    settled = (
        f"{head}        text title_of_mine{rest.partition('>>>>>>>')[2].partition(chr(10))[2]}"
    )
    (library / "docs/erd.md").write_text(settled)
    assert pipeline.sync(library).status == 0
    assert "title_of_mine" in (library / "docs/erd.md").read_text()


def test_endings_and_marks_of_a_persons_file_stay(library: Path) -> None:
    path = library / "app/models.py"
    text = path.read_text().replace("\n", "\r\n").rstrip()
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    path.chmod(0o755)
    say(library, "", SHELF)
    assert pipeline.sync(library).status == 0
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") > 0
    assert not data.endswith(b"\n")
    assert b"shelves" in data
    assert path.stat().st_mode & 0o777 == 0o755


def test_a_link_is_not_followed(library: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.py"
    path = library / "app/models.py"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    say(library, "", SHELF)
    done = pipeline.sync(library)
    assert [one.path for one in done.merged.conflicts] == ["app/models.py"]
    assert path.is_symlink()
    assert elsewhere.read_bytes() == before


def test_a_page_with_mistakes_changes_nothing(library: Path) -> None:
    say(library, "string(1..200)", "strnig(1..200)")
    before = contents(library)
    with pytest.raises(SpecError, match="string"):
        pipeline.sync(library)
    assert contents(library) == before


def test_a_merge_of_git_s_that_is_still_open_comes_first(library: Path) -> None:
    def git(*words: str) -> None:
        own = ["git", "-c", "user.name=n", "-c", "user.email=e@x", "-C", str(library), *words]
        subprocess.run(own, capture_output=True, check=words[0] != "merge")

    git("init", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--message", "one")
    git("switch", "--create", "other")
    edit(library, "README.md", "Library", "Their library")
    git("commit", "--all", "--message", "two")
    git("switch", "main")
    edit(library, "README.md", "Library", "Our library")
    git("commit", "--all", "--message", "three")
    git("merge", "other")
    (library / "README.md").write_text("half settled\n")
    say(library, "", SHELF)
    with pytest.raises(ScaffoldError, match=r"README\.md"):
        pipeline.sync(library)


def test_a_folder_without_a_project_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["sync", str(tmp_path)]) == 2
    assert "no project of scaffold" in capsys.readouterr().err


def test_the_project_is_found_from_inside(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(library, "", SHELF)
    monkeypatch.chdir(library / "app/resources")
    assert cli.run(["plan"]) == 0
    assert "create app/resources/shelves/model.py" in capsys.readouterr().out
    assert cli.run(["sync"]) == 0
    assert (library / "app/resources/shelves/model.py").is_file()


def test_an_unwritable_file_system_leaves_everything(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(library, "", SHELF)
    before = contents(library)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ScaffoldError, match="No space left"):
        pipeline.sync(library)
    assert contents(library) == before


def test_an_undo_brings_back_what_was_and_no_more(library: Path) -> None:
    before = contents(library)
    assert cli.run(["add-resource", "shelf", "label: string", "--project", str(library)]) == 0
    edit(library, "app/resources/books/service.py", "class ", "# mine\nclass ")
    assert cli.run(["undo", str(library)]) == 0
    after = contents(library)
    assert after.pop("app/resources/books/service.py").count(b"# mine") == 1
    before.pop("app/resources/books/service.py")
    assert after == before


def test_an_undo_is_refused_where_something_was_built_on_the_change(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(library, "", SHELF)
    pipeline.sync(library)
    edit(library, "app/resources/shelves/service.py", "class ", "# mine\nclass ")
    before = contents(library)
    assert cli.run(["undo", str(library)]) == 2
    assert "app/resources/shelves/service.py" in capsys.readouterr().err
    assert contents(library) == before


def test_an_undo_is_refused_where_a_migration_follows(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(library, "", SHELF)
    pipeline.sync(library)
    (made,) = set((library / "migrations/versions").glob("*.py")) - {first(library)}
    own = 'revision = "mine"\ndown_revision = "' + made.name.partition("_")[0] + '"\n'
    (library / "migrations/versions/mine.py").write_text(own)
    assert cli.run(["undo", str(library)]) == 2
    assert "mine" in capsys.readouterr().err


def first(library: Path) -> Path:
    return next((library / "migrations/versions").glob("0001*.py"))


def test_a_new_project_can_be_taken_back(library: Path) -> None:
    assert cli.run(["undo", str(library)]) == 0
    assert contents(library) == {}


def test_a_migration_that_would_lose_data_waits_for_a_word(library: Path) -> None:
    say(library, "      born: int?\n", "")
    before = contents(library)
    assert cli.run(["sync", str(library)]) == 2
    assert contents(library) == before
    assert cli.run(["sync", str(library), "--allow-data-loss"]) == 0
    assert "drop_column" in "".join(
        path.read_text() for path in (library / "migrations/versions").glob("*.py")
    )


def test_another_engine_begins_another_history_and_loses_no_revision(library: Path) -> None:
    own = library / "migrations/versions/mine.py"
    own.write_text('revision = "mine"\ndown_revision = "0001"\n')
    say(library, "auth: none", "auth: none\ndatabase: postgresql")
    assert pipeline.sync(library).status == 0
    assert [path.name for path in own.parent.glob("*.py")] == [first(library).name]
    assert (library / "migrations/sqlite/mine.py").is_file()
    assert (library / "migrations/sqlite" / first(library).name).is_file()


def test_two_branches_that_each_add_a_resource_are_joined(library: Path) -> None:
    def git(*words: str) -> None:
        own = ["git", "-c", "user.name=n", "-c", "user.email=e@x", "-C", str(library), *words]
        subprocess.run(own, capture_output=True, check=True)

    def branch(name: str, *words: str) -> None:
        git("switch", "--create", name, "main")
        assert cli.run(["add-resource", *words, "--project", str(library)]) == 0
        git("add", "--all")
        git("commit", "--message", name)

    git("init", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--message", "start")
    branch("one", "shelf", "label: string(1..20)", "book: belongs_to book inverse shelves")
    branch("two", "loan", "due: date", "copies: int = 1")
    git("merge", "one")
    assert cli.run(["check", str(library)]) == 1
    done = pipeline.sync(library)
    assert done.status == 0
    assert len(heads(project.revisions(library))) == 1
    names = {resource.name for resource in done.spec.resources}
    assert names == {"author", "book", "loan", "shelf"}
    fresh = pipeline.generate(done.spec, (library / "service.yaml").read_text())
    now = contents(library)
    for path, text in fresh.items():
        assert path.startswith("migrations/versions/") or now[path] == text.encode(), path
    assert cli.run(["check", str(library)]) == 0


def test_a_check_tells_what_has_drifted(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", str(library)]) == 0
    say(library, "", SHELF)
    assert cli.run(["check", str(library)]) == 1
    shown = capsys.readouterr().out
    assert "app/models.py" in shown
    assert "scaffold sync" in shown


def older(library: Path) -> None:
    """Make the project one of a tool before this, which wrote another line in one template."""
    lock = library / ".scaffold/lock.json"
    lock.write_text(lock.read_text().replace(__version__, "0.0.9"))
    for folder in (library, library / ".scaffold/base"):
        edit(folder, "Makefile", ".DEFAULT_GOAL := help", ".DEFAULT_GOAL := dev")


def test_an_older_project_is_upgraded_by_the_same_merge(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older(library)
    edit(library, "Makefile", "clean:", "mine:\n\techo mine\n\nclean:")
    assert cli.run(["sync", str(library)]) == 2
    assert "scaffold upgrade" in capsys.readouterr().err
    assert cli.run(["check", str(library)]) == 1
    assert cli.run(["upgrade", str(library)]) == 0
    shown = capsys.readouterr().out
    assert "Since scaffold 0.0.9:" in shown
    assert "merge Makefile" in shown
    text = (library / "Makefile").read_text()
    assert ".DEFAULT_GOAL := help" in text
    assert "echo mine" in text
    assert cli.run(["check", str(library)]) == 0


def test_a_newer_project_is_left_alone(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = library / ".scaffold/lock.json"
    lock.write_text(lock.read_text().replace(__version__, "99.0.1"))
    assert cli.run(["sync", str(library)]) == 2
    assert "99.0.1" in capsys.readouterr().err


def test_two_versions_of_the_templates_make_an_upgrade(library: Path, tmp_path: Path) -> None:
    """A team's own templates stand for those of another version."""
    house = tmp_path / "house/project"
    house.mkdir(parents=True)
    ours = templates_root() / "project/AGENTS.md.jinja"
    (house / "AGENTS.md.jinja").write_text(f"{ours.read_text()}\nA newer rule.\n")
    edit(library, "AGENTS.md", "# ", "# Mine: ")
    options = Options(templates=tmp_path / "house", upgrade=True)
    assert actions(pipeline.sync(library, options)) == {"AGENTS.md": "merge"}
    text = (library / "AGENTS.md").read_text()
    assert text.startswith("# Mine: ")
    assert text.endswith("A newer rule.\n")


@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
def test_a_plan_shows_the_sql_of_the_engine(
    engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = PAGE.replace("auth: none", f"auth: none\ndatabase: {engine}")
    (tmp_path / "page.yaml").write_text(page)
    library = tmp_path / "library"
    pipeline.new(str(tmp_path / "page.yaml"), library, with_git=False)
    say(library, "", SHELF)
    say(library, "born: int?", "born: bigint?")
    assert cli.run(["plan", "--sql", str(library)]) == 0
    shown = capsys.readouterr().out
    assert "CREATE TABLE" in shown
    assert "BIGINT" in shown
    assert "alembic_version" not in shown
    assert cli.run(["plan", "--json", str(library)]) == 0
    planned = json.loads(capsys.readouterr().out)["migration"]
    assert any("shelves" in statement for statement in planned["sql"])
    assert "create the table shelves" in planned["operations"]


def test_a_decision_is_written_once_and_the_list_of_them_follows(library: Path) -> None:
    (kept,) = (library / "docs/adr").glob("0020-*.md")
    kept.write_text("# Superseded\n")
    index = (library / "docs/adr/README.md").read_text()
    say(library, "auth: none", "auth: none\napi: {pagination: page}")
    assert pipeline.sync(library).status == 0
    assert kept.read_text() == "# Superseded\n"
    assert (library / "docs/adr/README.md").read_text() != index
