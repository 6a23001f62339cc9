"""A team's own templates shadow ours, and packages bring features: whole, or told why not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.errors import ExitStatus, ScaffoldError
from generator.features import plugins
from generator.features.plugins import PluginError
from generator.features.roots import template_roots, templates_root

PAGE = """\
scaffold: 1
service: {name: shop}
features: {FEATURES}
resources:
  thing: {fields: {name: string}}
"""
MANIFEST = """\
title = "Greeting"
description = "Says good day."
[settings.greeting]
type = "str"
default = '"Good day"'
[options.loud]
type = "bool"
default = false
description = "In capitals."
"""


def put(root: Path, **files: str) -> Path:
    """Write files below a folder, `/` in their names as `__`."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_jinja", ".jinja").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "house-style"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "service.yaml"
    path.write_text(PAGE.replace("FEATURES", "ci: false"), encoding="utf-8")
    return path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package on the machine that brings a feature, which nobody has to install to try."""
    template_roots.cache_clear()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    point = EntryPoint("greeting", "house_features", plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point] if group else [])
    files = {
        "features__greeting__polite__feature_toml": MANIFEST,
        "features__greeting__polite__files__docs__greeting.md_jinja": "# {{ feature.title }}\n",
    }
    yield put(tmp_path / "site/house_features", **files)
    template_roots.cache_clear()


# --- a team's own folder ------------------------------------------------------------------------


def test_a_path_of_a_teams_folder_shadows_ours_and_a_new_one_is_added(
    own: Path, page: Path, tmp_path: Path
) -> None:
    put(
        own,
        **{
            "project__README.md_jinja": "# {{ project.title }}, our way\n",
            "project__docs__house.md_jinja": "How we work.\n",
        },
    )
    outcome = pipeline.new(str(page), tmp_path / "shop", templates=own, with_git=False)
    plain = pipeline.generate(outcome.spec, page.read_text(encoding="utf-8"))
    tree = {name: (tmp_path / "shop" / name).read_text(encoding="utf-8") for name in plain}
    assert tree.pop("README.md") == "# Shop, our way\n"
    assert (tmp_path / "shop/docs/house.md").read_text(encoding="utf-8") == "How we work.\n"
    assert tree == {name: text for name, text in plain.items() if name != "README.md"}


def test_the_project_notes_where_its_templates_are(own: Path, page: Path, tmp_path: Path) -> None:
    put(own, **{"project__README.md_jinja": "x\n"})
    pipeline.new(str(page), tmp_path / "work/shop", templates=own, with_git=False)
    lock = json.loads((tmp_path / "work/shop/.scaffold/lock.json").read_text(encoding="utf-8"))
    assert lock["templates"] == "../../house-style"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no folder"),
        ({"notes.txt": ""}, "has no template"),
        ({"projects__README.md_jinja": ""}, "its folder is one of project, resource"),
        ({"resource__routes.py_jinja": ""}, "there are factory.py.jinja, "),
        ({"project__a.txt_jinja": "{{ nothing }}\n"}, r"a\.txt\.jinja:1: UndefinedError: "),
        ({"project__a.txt_jinja": "\n{% nothing %}\n"}, r"a\.txt\.jinja:2: TemplateSyntaxError: "),
        ({"features__a__b__feature_toml": "titel = 1"}, r"feature\.toml: unknown key 'titel'"),
    ],
)
def test_what_is_wrong_with_a_folder_is_told_and_nothing_written(
    own: Path, page: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], words: str
) -> None:
    put(own, **files)
    status = cli.run(["new", str(page), "--templates", str(own), "--no-git"])
    assert status == ExitStatus.BAD_INPUT
    error = capsys.readouterr().err
    assert re.search(words, error), error
    assert "Traceback" not in error
    assert not Path("shop").exists()


def test_a_template_that_prints_no_python_is_told_by_the_file_it_makes(
    own: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(own, **{"project__app__house.py_jinja": "def (\n"})
    assert cli.run(["new", str(page), "--templates", str(own), "--no-git"]) != ExitStatus.DONE
    assert "app/house.py:1" in capsys.readouterr().err
    assert not Path("shop").exists()


# --- packages -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("package")
def test_a_feature_of_a_package_is_one_like_ours(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["features"]) == ExitStatus.DONE
    assert "greeting: polite" in capsys.readouterr().out
    pipeline.grammar.cache_clear()
    text = PAGE.replace("FEATURES", "greeting: {loud: true}")
    tree = pipeline.generate(pipeline.read(text), text)
    assert tree["docs/greeting.md"] == "# Greeting\n"
    assert 'greeting: str = "Good day"' in tree["app/settings.py"]
    assert "greeting" not in pipeline.generate(pipeline.read(page.read_text()), text)["README.md"]
    pipeline.grammar.cache_clear()


def test_nothing_of_a_package_is_run(package: Path) -> None:
    put(package, **{"__init__.py": "raise SystemExit(3)\n"})
    assert template_roots()[1:] == (package,)


def test_a_package_brings_what_its_features_need(package: Path, page: Path) -> None:
    together = 'switch = "together"\nrequires = ["greeting", "database/sqlite"]\n'
    put(
        package,
        features__greeting__sqlite__feature_toml=f'title = "x"\ndescription = "x"\n{together}',
        **{"features__greeting__sqlite__files__docs__together.md_jinja": "here\n"},
    )
    pipeline.grammar.cache_clear()
    for features, is_there in (("greeting: polite", True), ("ci: false", False)):
        text = PAGE.replace("FEATURES", features)
        tree = pipeline.generate(pipeline.read(text), text)
        assert ("docs/together.md" in tree) is is_there
    pipeline.grammar.cache_clear()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"features__docker__docker__feature_toml": MANIFEST}, "as scaffold itself does"),
        (
            {"features__hidden__always__feature_toml": 'switch = "always"\n' + MANIFEST},
            "is on without being asked for",
        ),
        (
            {
                "features__hidden__beside__feature_toml": 'switch = "together"\n'
                'requires = ["database/sqlite"]\n' + MANIFEST
            },
            "is on without being asked for",
        ),
        (
            {"features__hidden__on__feature_toml": "default_on = true\n" + MANIFEST},
            "is on without being asked for",
        ),
        ({"project__README.md_jinja": ""}, "has a folder project/"),
    ],
)
def test_a_package_changes_nothing_that_a_spec_does_not_ask_for(
    package: Path, files: dict[str, str], words: str
) -> None:
    put(package, **files)
    with pytest.raises(PluginError, match=words):
        template_roots()


def test_a_package_without_the_folder_is_told_by_name(tmp_path: Path, package: Path) -> None:
    (package / "features").rename(tmp_path / "elsewhere")
    with pytest.raises(ScaffoldError, match="the entry point greeting names house_features, which"):
        template_roots()


def test_without_either_there_are_our_templates_alone() -> None:
    template_roots.cache_clear()
    assert template_roots() == (templates_root(),)
