"""The key of encrypted fields is changed over data, while the service runs, on each engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from generated.databases import empty_database
from generated.load import under_load
from generated.projects import Project, made
from generated.server import Server, migrate, serve
from generator.spec.model import Engine

SPEC = """
scaffold: 1
service: {{name: vault}}
database: {engine}
auth: none
resources:
  secret:
    fields:
      name: string(1..100) encrypted
      words: string(1..20)[] encrypted = []
"""
BODY = {"name": "kept", "words": ["some", "words"]}
ROWS = 150
SECRETS = "secrets"
PATIENCE = {"DATABASE_TIMEOUT_SECONDS": "30"}
"""A busy machine is no fault."""
ENGINES = (
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.proof),
    pytest.param("mariadb", marks=pytest.mark.proof),
)


@pytest.fixture
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """A project with encrypted fields, on an engine."""
    engine: Engine = request.param
    return made("vault", engine, SPEC.format(engine=engine), tmp_path / "vault")


@pytest.fixture
def vault_url(vault: Project, tmp_path: Path) -> Iterator[str]:
    """Its database, which is migrated."""
    with empty_database(vault.engine, tmp_path) as url:
        migrate(vault, url)
        yield url


def keys(*some: bytes) -> str:
    """The setting that names them, the newest first."""
    return json.dumps([key.decode() for key in some])


def stored(server: Server) -> list[object]:
    """Every secret, as clients read it, but those that load has made."""
    with server.connect() as client:
        page, found = client.get(SECRETS, params={"limit": 100}).json(), []
        while True:
            found += [{key: item[key] for key in BODY} for item in page["items"]]
            if page["next_cursor"] is None:
                return [item for item in found if item["words"]]
            following = {"limit": 100, "cursor": page["next_cursor"]}
            page = client.get(SECRETS, params=following).json()


@pytest.mark.parametrize("vault", ENGINES, indirect=True)
def test_a_key_is_changed_over_data_while_the_service_runs(vault: Project, vault_url: str) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    with serve(vault, vault_url, ENCRYPTION_KEYS=keys(old)) as server, server.connect() as client:
        for _ in range(ROWS):
            assert client.post(SECRETS, json=BODY).status_code == 201
    settings = {"ENCRYPTION_KEYS": keys(new, old), **PATIENCE}
    both = {**settings, "DATABASE_URL": vault_url}
    with serve(vault, vault_url, **settings) as server:
        with under_load(server, "", SECRETS) as load:
            said = vault.must("-m", "app", "reencrypt", **both)
        assert load.odd == []
        assert said.startswith(f"{2 * ROWS} values were encrypted anew")
    assert vault.must("-m", "app", "reencrypt", **both).startswith("0 values")
    with serve(vault, vault_url, ENCRYPTION_KEYS=keys(new)) as server:
        assert stored(server) == [BODY] * ROWS


@pytest.mark.parametrize("vault", ENGINES[:1], indirect=True)
def test_a_key_that_is_missing_is_told(vault: Project, vault_url: str) -> None:
    lost = keys(Fernet.generate_key())
    with serve(vault, vault_url, ENCRYPTION_KEYS=lost) as server, server.connect() as client:
        row = client.post(SECRETS, json=BODY).json()
    settings = {"ENCRYPTION_KEYS": keys(Fernet.generate_key()), "DATABASE_URL": vault_url}
    done = vault.python("-m", "app", "reencrypt", variables=settings)
    assert done.returncode == 1
    assert "None of the keys reads secrets." in done.stderr
    assert row["id"] in done.stderr
