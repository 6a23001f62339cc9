"""From a page to a tree: the same bytes each time, nothing that is off, no text out of place."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator import literals, pipeline
from generator.merge import merge
from generator.tree import Tree

REPOSITORY = Path(pipeline.__file__).parent.parent

PAGE = """\
scaffold: 1
service:
  name: shop
  title: {title}
  description: {text}
database: {database}
features: {features}
enums:
  Kind: [{member}, plain]
resources:
  maker:
    description: {text}
    fields:
      name: {{type: string, max_length: 120, index: true, description: {text}}}
  thing:
    fields:
      title: {{type: string, max_length: 99, default: {text}}}
      kind: Kind
      price: decimal(10, 2) >= 0
    relations:
      maker: belongs_to maker
    owned: true
"""
EVERY = ("{docker: true, ci: github, metrics: prometheus}", "{docker: false, ci: false}")

HOSTILE = (
    '"""\nimport os\nos.system("id")\n"""',
    "'''; raise SystemExit #",
    "\\",
    "\\\"'",
    "x\ny: z\n- w",
    "{{ 7 * 7 }}{% include 'x' %}{# y",
    "\u2028\u2029\x85",
    "# type: ignore\n# noqa",
    "</p><script>alert(1)</script>",
    "| a |\n|---|",
    "```\n# heading",
    "$(id) ${HOME} `id`",
    "%(here)s",
    "\u202ereversed",
    "-->",
    "\ttab",
)


def page(text: str = "words", features: str = EVERY[0], database: str = "sqlite") -> str:
    """Return a spec with one text in every place that takes any text."""
    quoted = literals.yaml(text)
    line = literals.yaml(" ".join(text.split()) or "x")
    return PAGE.format(title=line, text=quoted, member=line, features=features, database=database)


def generate(source: str) -> Tree:
    return pipeline.generate(pipeline.read(source), source)


@pytest.fixture(scope="module", params=EVERY)
def tree(request: pytest.FixtureRequest) -> Tree:
    return generate(page(features=request.param))


def test_a_new_project_is_all_theirs(tree: Tree) -> None:
    merged = merge(Tree(), Tree(), tree)
    assert merged.tree == tree
    assert [(change.path, change.action) for change in merged.changes] == [
        (path, "create") for path in tree
    ]


SHOW = """
import sys
from generator import literals, pipeline
from generator.tree import digest
tree = pipeline.generate(pipeline.read(sys.argv[1]), sys.argv[1])
print(*(f"{path} {digest(text)}" for path, text in tree.items()), sep="\\n")
"""


def test_the_same_page_gives_the_same_bytes_in_any_process() -> None:
    shown = set()
    for seed, zone, place in (("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8")):
        variables = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": place}
        done = subprocess.run(
            [sys.executable, "-c", SHOW, page()],
            cwd=REPOSITORY,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        shown.add(done.stdout)
    assert len(shown) == 1


def test_nothing_of_the_machine_is_in_a_project(tree: Tree) -> None:
    for path, text in tree.items():
        assert str(REPOSITORY) not in text, path
        assert not re.search(r"/tmp/|/home/|/root/(?!$)|https?://[^/\s]*(pypi|index)", text), path


def test_every_file_ends_as_a_file_should(tree: Tree) -> None:
    for path, text in tree.items():
        assert text == "" or text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "\r" not in text, path
        assert not re.search(r"[ \t]\n", text), path


def test_what_is_off_leaves_nothing() -> None:
    on, off = generate(page(features=EVERY[0])), generate(page(features=EVERY[1]))
    assert {
        "Dockerfile",
        "compose.yaml",
        ".github/workflows/ci.yml",
        "app/metrics/exporter.py",
    } <= set(on)
    assert set(off) < set(on)
    names = re.compile(r"docker|compose|github|metrics|prometheus", re.IGNORECASE)
    for path, text in off.items():
        assert not names.search(path)
        said = text.replace(FRAMEWORKS_OWN, "")
        assert path == "service.yaml" or not names.search(said), path


FRAMEWORKS_OWN = 'telemetry: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}'
"""What FastAPI itself would send off, and is told not to."""


@pytest.mark.parametrize("process", [True, False])
def test_an_option_reaches_the_code(process: bool) -> None:
    features = f"{{metrics: {{process: {str(process).lower()}}}}}"
    assert f"process={process})" in generate(page(features=features))["app/server.py"]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_documents_are_well_formed_and_requirements_bounded(database: str) -> None:
    tree = generate(page(database=database))
    project = tomllib.loads(tree["pyproject.toml"])
    groups = [project["project"]["dependencies"], project["dependency-groups"]["dev"]]
    for requirement in [each for group in groups for each in group]:
        bounded, _, _platform = requirement.partition("; ")
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?>=[0-9.]+(,<[0-9.]+)?", bounded)
    drivers = {"sqlite": "aiosqlite", "postgresql": "asyncpg"}
    assert any(each.startswith(drivers[database]) for each in groups[0])
    assert any(each.startswith("aiosqlite") for group in groups for each in group)
    compose = YAML(typ="safe", pure=True).load(tree["compose.yaml"])
    assert ("database" in compose["services"]) is (database == "postgresql")
    workflow = YAML(typ="safe", pure=True).load(tree[".github/workflows/ci.yml"])
    assert workflow["permissions"] == {}
    assert ("services" in workflow["jobs"]["check"]) is (database == "postgresql")


def test_a_service_that_is_like_another_has_all_of_it_but_its_ports() -> None:
    tree = generate(page(features="{jobs: redis}"))
    services = YAML(typ="safe", pure=True).load(tree["compose.yaml"])["services"]
    app, worker = services["app"], services["worker"]
    assert {key for key in app if app[key] != worker.get(key)} == {"ports", "stop_grace_period"}
    assert worker.keys() - app.keys() == {"command", "healthcheck"}


def test_every_setting_is_in_the_example_environment(tree: Tree) -> None:
    (declared,) = (
        node
        for node in ast.walk(ast.parse(tree["app/settings.py"]))
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    )
    names = {
        node.target.id.upper()
        for node in declared.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    shown = set(re.findall(r"^# ([A-Z_]+)=", tree[".env.example"], re.MULTILINE))
    assert shown <= names
    assert names - shown <= RARELY_SET


RARELY_SET = {
    "DATABASE_POOL_SIZE",
    "DATABASE_TIMEOUT_SECONDS",
    "DOCUMENTATION",
    "MAX_BODY_BYTES",
    "REQUEST_TIMEOUT_SECONDS",
    "SHUTDOWN_SECONDS",
}
"""Settings that app/settings.py explains and the example leaves out."""


def shape(path: str, text: str) -> Any:
    """Return the structure of a file, every text and number in it masked."""
    if path.endswith(".py"):
        parsed = ast.parse(text.encode())
        for node in ast.walk(parsed):
            if isinstance(node, ast.Constant):
                node.value = type(node.value).__name__
        return ast.dump(parsed)
    if path.endswith(".toml"):
        return masked(tomllib.loads(text))
    if path.endswith((".yaml", ".yml")) and path != "service.yaml":
        return masked(YAML(typ="safe", pure=True).load(text))
    if path.endswith(".md"):
        return [re.match(r"#*\s|[-|`]*", line)[0] for line in text.split("\n")]  # type: ignore[index]
    return len(text.split("\n"))


def masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    return [masked(item) for item in value] if isinstance(value, list) else type(value)


PLAIN = {path: shape(path, text) for path, text in generate(page("words")).items()}


def hostile(test: Any) -> Any:
    for text in HOSTILE:
        test = example(text)(test)
    return test


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@hostile
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_no_text_of_a_spec_leaves_its_place(text: str) -> None:
    tree = generate(page(text if text.split() else "words"))
    for path, content in tree.items():
        if path != "service.yaml" and not path.startswith("app/enums"):
            assert shape(path, content) == PLAIN[path], path
