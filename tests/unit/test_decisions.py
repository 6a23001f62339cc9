"""Each choice of a spec has a page on why, under a name that never changes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from generator import pipeline
from generator.features.roots import templates_root
from generator.ownership import policy_of
from generator.tree import Tree

HEAD = "scaffold: 1\nservice: {name: x}\n"
SMALL = "auth: none\nresources: {thing: {fields: {name: string}}}"
LARGE = """
database: postgresql
api: {pagination: page, case: camel}
auth: {methods: [jwt, session, oauth2], signup: closed, check_user: true}
features:
  {backup: true, cache: redis, events: rabbitmq, graphql: true, jobs: rabbitmq,
  metrics: prometheus, rate_limit: redis, tracing: opentelemetry}
resources:
  thing:
    id: int
    owned: true
    soft_delete: true
    fields: {name: string, secret: string encrypted}
    search: [name]
    operations: [list, get, create, delete, bulk]
"""
GIVEN = {
    "0001-decisions-are-recorded": "project/base",
    "0010-sqlite": "database/sqlite",
    "0011-postgresql": "database/postgresql",
    "0012-mariadb": "database/mariadb",
    "0020-cursor-pages": "pages/cursor",
    "0021-numbered-pages": "pages/numbered",
    "0022-snake-case": "names/snake",
    "0023-camel-case": "names/camel",
    "0024-versions": "versions/etags",
    "0025-idempotency-keys": "operations/create",
    "0026-all-or-nothing": "operations/bulk",
    "0030-time-ordered-ids": "keys/uuid",
    "0031-counted-ids": "keys/counted",
    "0032-ids-that-clients-name": "keys/text",
    "0033-deletes-that-keep-rows": "rows/soft",
    "0034-encrypted-fields": "columns/encrypted",
    "0035-full-text-index": "search/tsvector",
    "0036-searches-by-prefix": "search/like",
    "0040-open-to-everyone": "callers/nobody",
    "0041-deny-by-default": "auth/base",
    "0042-short-tokens": "auth/jwt",
    "0043-open-sign-up": "sign_up/open",
    "0044-accounts-by-admins": "sign_up/closed",
    "0045-roles-from-tokens": "tokens/claimed",
    "0046-roles-from-accounts": "callers/checked",
    "0047-ownership-in-queries": "rows/owned",
    "0048-sessions": "auth/session",
    "0050-prometheus": "metrics/prometheus",
    "0051-containers": "docker/docker",
    "0052-github-actions": "ci/github",
    "0053-backups": "backup/backup",
    "0054-opentelemetry": "tracing/opentelemetry",
    "0060-rate-limits": "limits/requests",
    "0061-caches": "answers/cached",
    "0062-jobs": "background/jobs",
    "0063-graphql": "graphql/strawberry",
    "0064-events": "outbox/relayed",
    "0065-openid-connect": "auth/oauth2",
}
"""The names that were given, and by which feature: projects have them, so none may change."""
FEATURES = templates_root() / "features"
FORM = re.compile(
    r"# (\d+)\. (?P<title>.+)\n\nAccepted[^\n]*\.\n\n"
    r"## Context\n\n.+\n\n## Decision\n\n.+\n\n## Consequences\n\n- .+\n\Z",
    re.DOTALL,
)


def made(text: str) -> Tree:
    return pipeline.generate(pipeline.read(HEAD + text), HEAD + text)


def decisions(tree: Tree) -> list[str]:
    return [path for path in tree if policy_of(path) == "once" and path.startswith("docs/adr/")]


def test_names_stay_as_they_were_given() -> None:
    found = {path: path.relative_to(FEATURES).parts for path in FEATURES.rglob("docs/adr/*.jinja")}
    assert {
        path.name.removesuffix(".md.jinja"): "/".join(parts[:2]) for path, parts in found.items()
    } == GIVEN


def test_no_two_have_a_number_and_those_of_people_come_after_ours() -> None:
    numbers = [int(name[:4]) for name in GIVEN]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < 100


@pytest.mark.parametrize("feature", sorted(set(GIVEN.values())))
def test_the_manifest_names_each_as_it_calls_itself(feature: str) -> None:
    manifest = tomllib.loads((FEATURES / feature / "feature.toml").read_text("utf-8"))
    titles = {path: said["title"] for path, said in manifest["decisions"].items()}
    pages = sorted((FEATURES / feature / "files/docs/adr").glob("*.jinja"))
    assert titles == {path.name.removesuffix(".jinja"): title_of(path) for path in pages}


def title_of(path: Path) -> str:
    """The title of a page, which has the form that it should, under its number."""
    text = path.read_text("utf-8").removeprefix("{# context: ProjectView #}\n")
    match = FORM.match(text)
    assert match, path
    assert int(match[1]) == int(path.name[:4])
    return match["title"]


@pytest.mark.parametrize("text", [SMALL, LARGE], ids=["small", "large"])
def test_the_index_lists_what_is_there(text: str) -> None:
    tree = made(text)
    index = tree["docs/adr/README.md"]
    listed = re.findall(r"^- \[(\d{4}): .+\]\((\1-.+)\)$", index, re.MULTILINE)
    assert [f"docs/adr/{path}" for _, path in listed] == decisions(tree)
    assert policy_of("docs/adr/README.md") == "merge"


def test_a_choice_is_there_and_what_it_excludes_is_not() -> None:
    small, large = (
        {path.removeprefix("docs/adr/").removesuffix(".md") for path in decisions(made(text))}
        for text in (SMALL, LARGE)
    )
    assert small | large == GIVEN.keys() - {
        "0012-mariadb",
        "0032-ids-that-clients-name",
        "0036-searches-by-prefix",
        "0043-open-sign-up",
        "0045-roles-from-tokens",
    }
    assert small & large == {
        "0001-decisions-are-recorded",
        "0024-versions",
        "0025-idempotency-keys",
        "0030-time-ordered-ids",
        "0051-containers",
        "0052-github-actions",
    }
