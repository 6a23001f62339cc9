"""Features are folders of data, and nothing else knows their names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.features.contributions import Contributions, contributions, fold
from generator.features.manifest import SECTIONS, ManifestError, read_manifest
from generator.features.registry import KNOWN_FEATURES, Registry, read_registry
from generator.features.roots import template_roots, templates_root
from generator.features.slots import SLOTS
from generator.render import SLOT_LINE
from generator.spec.model import Auth, Feature, Service, Spec
from generator.views import project_view

ACCOUNTS = {"auth", "columns", "errors", "passwords", "rows"}
"""Features that bring accounts, or what only accounts need."""
ROOT = templates_root()
REAL = read_registry(template_roots())
SHARED = sorted([*(ROOT / "project").rglob("*.jinja"), *(ROOT / "resource").rglob("*.jinja")])
EVERY = sorted(ROOT.rglob("*.jinja"))


def folder(root: Path, name: str, manifest: str = "", **files: str) -> Path:
    """Write a feature folder: its manifest and its files, `/` in their names as `__`."""
    place = root / "features" / name
    place.mkdir(parents=True)
    text = f'title = "T"\ndescription = "D"\n{manifest}'
    (place / "feature.toml").write_text(text, encoding="utf-8")
    for path, content in files.items():
        target = place / (path.replace("__", "/") + ".jinja")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return place


def spec(*names: str, auth: Auth | None = None, **options: Any) -> Spec:
    features = tuple(Feature(name=n.split("/")[0], kind=n.split("/")[-1]) for n in names)
    return Spec(service=Service(name="x", title="X"), features=features, auth=auth, **options)


def order(registry: Registry, wanted: Spec) -> list[str]:
    return [feature.manifest.name for feature in registry.active(wanted)]


# --- the fold ---------------------------------------------------------------------------------


def test_lists_join_tables_merge_and_equal_scalars_agree() -> None:
    one = {"list": [1, 2], "table": {"a": 1, "same": "x"}}
    two = {"list": [2, 3], "table": {"b": {"c": 2}, "same": "x"}}
    assert fold([("one", one), ("two", two)]) == {
        "list": [1, 2, 3],
        "table": {"a": 1, "same": "x", "b": {"c": 2}},
    }
    assert one == {"list": [1, 2], "table": {"a": 1, "same": "x"}}


@pytest.mark.parametrize(
    ("left", "right"), [(1, 2), (1, "1"), (True, 1), ([1], 1), ({"a": 1}, 1), (1, {"a": 1})]
)
def test_what_differs_is_an_error_that_names_both(left: object, right: object) -> None:
    with pytest.raises(ManifestError, match=r"^one and three disagree on deep\.key"):
        fold([("one", {"deep": {"key": left}}), ("two", {}), ("three", {"deep": {"key": right}})])


def test_a_requirement_of_the_service_is_none_of_its_development(tmp_path: Path) -> None:
    root = tmp_path
    one = folder(root, "one/one", '[dependencies]\nruntime = ["b>=1", "A-x>=1"]\ndev = ["c"]\n')
    two = folder(root, "two/two", '[dependencies]\nruntime = ["c"]\ndev = ["b>=1", "a>=2"]\n')
    brought = contributions([read_manifest(one), read_manifest(two)])
    assert brought.dependencies == ("A-x>=1", "b>=1", "c")
    assert brought.dev_dependencies == ("a>=2",)


def test_a_setting_knows_its_feature_and_its_variable(tmp_path: Path) -> None:
    place = folder(tmp_path, "one/one", '[settings.some_key]\ntype = "int"\ndefault = "3"\n')
    (setting,) = contributions([read_manifest(place)]).settings
    assert (setting.variable, setting.default, setting.feature) == ("SOME_KEY", "3", "one/one")


# --- manifests --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "manifest",
    [
        "depends = []\n",
        "[service]\nx = 1\n",
        'switch = "weather"\n',
        "title = 2\n",
        "[options]\nx=1",
    ],
)
def test_a_wrong_manifest_is_an_error_that_names_its_file(tmp_path: Path, manifest: str) -> None:
    place = folder(tmp_path, "one/one", manifest)
    with pytest.raises(ManifestError, match=r"feature\.toml"):
        read_manifest(place)


def test_the_first_root_shadows_the_next(tmp_path: Path) -> None:
    folder(tmp_path / "team", "one/one", 'requires = ["two"]\n')
    folder(tmp_path / "ours", "one/one")
    folder(tmp_path / "ours", "two/two")
    registry = read_registry([tmp_path / "team", tmp_path / "ours"])
    assert [(m.name, m.requires) for m in registry.manifests] == [
        ("one/one", ("two",)),
        ("two/two", ()),
    ]


# --- what a spec turns on, and in what order ----------------------------------------------------


def test_requirements_come_first_then_names(tmp_path: Path) -> None:
    folder(tmp_path, "core/core", 'switch = "always"\n')
    folder(tmp_path, "alpha/alpha", 'requires = ["zeta"]\n')
    folder(tmp_path, "beta/beta")
    folder(tmp_path, "zeta/zeta")
    registry = read_registry([tmp_path])
    wanted = spec("zeta", "beta", "alpha")
    assert order(registry, wanted) == ["core/core", "beta/beta", "zeta/zeta", "alpha/alpha"]
    assert order(registry, spec("alpha", "zeta", "beta")) == order(registry, wanted)


def test_what_is_only_required_is_on_with_whoever_requires_it(tmp_path: Path) -> None:
    folder(tmp_path, "alpha/alpha", 'requires = ["shared/inner"]\n')
    folder(tmp_path, "shared/inner", 'switch = "required"\nrequires = ["shared/core"]\n')
    folder(tmp_path, "shared/core", 'switch = "required"\n')
    folder(tmp_path, "beta/beta")
    registry = read_registry([tmp_path])
    assert order(registry, spec("beta")) == ["beta/beta"]
    assert order(registry, spec("alpha")) == ["shared/core", "shared/inner", "alpha/alpha"]


def test_what_is_for_several_is_on_with_all_of_them_and_comes_after(tmp_path: Path) -> None:
    folder(tmp_path, "alpha/alpha", 'requires = ["shared/inner"]\n')
    folder(tmp_path, "beta/beta")
    folder(tmp_path, "shared/inner", 'switch = "required"\n')
    both = 'switch = "together"\nrequires = ["shared/inner", "beta"]\n'
    folder(tmp_path, "beta/with_inner", both)
    registry = read_registry([tmp_path])
    assert order(registry, spec("beta")) == ["beta/beta"]
    assert order(registry, spec("alpha")) == ["shared/inner", "alpha/alpha"]
    assert order(registry, spec("alpha", "beta"))[-1] == "beta/with_inner"


@pytest.mark.parametrize(
    ("resources", "wanted"),
    [
        ("  note: {fields: {text: string}}", set()),
        ("  note: {fields: {key: password}}", {"columns/passwords", "passwords/argon2"}),
    ],
)
def test_an_open_service_has_nothing_of_accounts(resources: str, wanted: set[str]) -> None:
    text = f"scaffold: 1\nservice: {{name: x}}\nauth: none\nresources:\n{resources}\n"
    on = set(order(REAL, pipeline.read(text)))
    assert on & {name for name in on if name.split("/")[0] in ACCOUNTS} == wanted


@pytest.mark.parametrize(("owned", "wanted"), [("", False), ("owned: true, ", True)])
def test_owners_are_there_for_rows_that_have_some(owned: str, wanted: bool) -> None:
    text = f"scaffold: 1\nservice: {{name: x}}\nresources:\n  a: {{{owned}fields: {{b: int}}}}\n"
    assert ("rows/owned" in order(REAL, pipeline.read(text))) is wanted


def test_each_switch_chooses_its_folders(tmp_path: Path) -> None:
    folder(tmp_path, "auth/base", 'switch = "auth"\n')
    folder(tmp_path, "auth/jwt", 'switch = "auth.methods"\nrequires = ["auth/base"]\n')
    folder(tmp_path, "auth/session", 'switch = "auth.methods"\n')
    folder(tmp_path, "database/sqlite", 'switch = "database"\n')
    folder(tmp_path, "database/postgresql", 'switch = "database"\n')
    folder(tmp_path, "cache/memory")
    folder(tmp_path, "cache/redis")
    registry = read_registry([tmp_path])
    assert order(registry, spec("cache/redis")) == ["cache/redis", "database/sqlite"]
    wanted = spec(auth=Auth(methods=("jwt",)), database="postgresql")
    assert order(registry, wanted) == ["auth/base", "auth/jwt", "database/postgresql"]
    assert registry.auth_methods() == ("jwt", "session")


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ('requires = ["two"]', "one/one requires two, which is off"),
        ('conflicts = ["three"]', "one/one and three/three exclude each other"),
        ('requires = ["three"]', "in a circle"),
    ],
)
def test_what_can_not_be_together_is_an_error(tmp_path: Path, manifest: str, message: str) -> None:
    folder(tmp_path, "one/one", manifest)
    folder(tmp_path, "two/two")
    folder(tmp_path, "three/three", 'requires = ["one"]')
    with pytest.raises(ManifestError, match=message):
        read_registry([tmp_path]).active(spec("one", "three"))


def test_a_view_that_there_is_not_is_an_error() -> None:
    read = pipeline.read("scaffold: 1\nservice: {name: x}\nauth: none\n")
    with pytest.raises(ManifestError, match=r"^there is no view 'soap'; there are: graphql$"):
        project_view(read, Contributions(views=("soap",)))


def test_a_grammar_says_what_the_folders_say(tmp_path: Path) -> None:
    folder(tmp_path, "cache/memory", "")
    folder(tmp_path, "cache/redis", 'default_kind = true\n[options.ttl]\ntype = "duration"\n')
    folder(tmp_path, "docker/docker", "default_on = true\n")
    folder(tmp_path, "auth/jwt", 'switch = "auth.methods"\n')
    cache, docker = read_registry([tmp_path]).grammars()
    assert (cache.name, cache.kinds, cache.default_on) == ("cache", ("redis", "memory"), False)
    assert [option.name for option in cache.options] == ["ttl"]
    assert (docker.name, docker.kinds, docker.default_on) == ("docker", (), True)


# --- the features that there are ----------------------------------------------------------------


def test_the_language_reserves_the_names_of_the_features() -> None:
    grammars = REAL.grammars()
    assert {grammar.name for grammar in grammars} <= set(KNOWN_FEATURES)
    on = {grammar.name: grammar.kinds for grammar in grammars if grammar.default_on}
    assert on == {"docker": (), "ci": ("github",)}


@pytest.mark.parametrize("manifest", REAL.manifests, ids=lambda m: m.name)
def test_a_manifest_says_what_it_is(manifest: Any) -> None:
    assert manifest.title
    assert manifest.description.endswith(".")
    slots = manifest.folder / "slots"
    assert {path.name.removesuffix(".jinja") for path in slots.glob("*")} <= SLOTS.keys()
    assert {path.suffix for path in manifest.folder.rglob("*.*") if path.is_file()} <= {
        ".jinja",
        ".toml",
    }
    kept = {"feature.toml", "files", "slots", "resource"}
    assert {path.name for path in manifest.folder.iterdir()} <= kept


@pytest.mark.parametrize("manifest", REAL.manifests, ids=lambda m: m.name)
def test_what_a_manifest_lists_is_there(manifest: Any) -> None:
    pages = {path.name for path in (manifest.folder / "files/docs").glob("*.jinja")}
    assert {f"{page}.jinja" for page in manifest.brings.get("docs", {})} == pages
    for name, setting in manifest.brings.get("settings", {}).items():
        assert setting["comment"].endswith("."), name
        assert {"default", "example"} & setting.keys() or setting["secret"], name


@pytest.mark.parametrize("manifest", REAL.manifests, ids=lambda m: m.name)
def test_a_stack_is_given_each_secret_of_its_own(manifest: Any) -> None:
    brought = manifest.brings
    services = brought.get("compose", {}).get("services", {})
    asked = services.get("app", {}).get("environment", {})
    for name, setting in brought.get("settings", {}).items():
        variable = name.upper()
        assert ("fresh" in setting) == asked.get(variable, "").startswith(f"${{{variable}:?"), name


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("auth", [None, Auth(methods=REAL.auth_methods())])
def test_all_features_together_contradict_nothing(database: Any, auth: Auth | None) -> None:
    names = [f"{grammar.name}/{(*grammar.kinds, grammar.name)[0]}" for grammar in REAL.grammars()]
    active = REAL.active(spec(*names, auth=auth, database=database))
    brought = contributions(feature.manifest for feature in active)
    assert set(brought.documents) == {"compose.yaml", "pyproject.toml"}


def test_the_features_exercise_every_kind_of_contribution() -> None:
    used = {section for manifest in REAL.manifests for section in manifest.brings}
    unused = SECTIONS.keys() - used
    assert unused <= {"environment", "tables"}


# --- templates ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERY, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_template_names_its_context_first(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    assert re.fullmatch(r"\{# context: [A-Z]\w+(, [A-Z]\w+)* #\}", first)


def test_each_slot_is_used_once_and_alone_on_its_line() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in EVERY}
    used = [name for text in texts.values() for name in re.findall(r'slot\("([^"]*)"', text)]
    assert sorted(used) == sorted(SLOTS)
    lines = sum(len(SLOT_LINE.findall(texts[path])) for path in EVERY)
    assert lines == len(used), "a slot stands alone on its line"


def test_no_shared_template_names_a_feature() -> None:
    optional = [m for m in REAL.manifests if m.switch in ("features", "auth.methods")]
    names = {m.feature for m in optional if m.switch == "features"} | {m.kind for m in optional}
    word = re.compile(rf"\b({'|'.join(sorted(names))})\b")
    for path in SHARED:
        text = path.read_text(encoding="utf-8").replace("from functools import cache", "")
        for code in re.findall(r"\{%.*?%\}|\{\{.*?\}\}|\bimport \w.*|from app\..*", text):
            assert not word.search(code), f"{path.name}: {code}"
