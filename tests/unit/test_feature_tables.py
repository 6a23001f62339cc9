"""Tables that features bring: the spec's own language, and names that no spec can meet."""

from __future__ import annotations

from typing import Any

import pytest

from generator import pipeline
from generator.features.manifest import ManifestError
from generator.features.tables import own_resources
from generator.spec.load import load
from generator.spec.model import Resource, Spec
from generator.table import Table
from generator.tables import tables

PAGE = """\
scaffold: 1
service: {name: shop}
auth: {roles: [editor]}
resources:
  session:
    fields:
      started_at: datetime
  user:
    fields:
      nickname: string?
"""

RAW: dict[str, Any] = {
    "user": {"fields": {"email": "email unique", "role": "Role = user"}},
    "session": {
        "timestamps": False,
        "operations": [],
        "fields": {"token_hash": "string(64) unique"},
        "relations": {"user": "belongs_to user on_delete cascade", "parent": "belongs_to session?"},
    },
}


@pytest.fixture
def spec() -> Spec:
    return load(PAGE, pipeline.grammar())


def own(spec: Spec, raw: dict[str, Any]) -> tuple[Resource, ...]:
    return own_resources(spec, raw, pipeline.grammar())


def all_tables(spec: Spec) -> dict[str, Table]:
    return {table.name: table for table in tables(spec, own(spec, RAW))}


def test_a_table_of_ours_and_one_of_a_spec_may_have_one_name(spec: Spec) -> None:
    found = all_tables(spec)
    assert {"users", "_sessions", "sessions"} == set(found)
    assert "started_at" in {column.name for column in found["sessions"].columns}
    ours = {column.name: column for column in found["_sessions"].columns}
    assert ours.keys() >= {"token_hash", "user_id", "parent_id"}
    assert "created_at" not in ours
    user, parent = ours["user_id"].references, ours["parent_id"].references
    assert (user and user.table, user and user.on_delete) == ("users", "cascade")
    assert parent and parent.table == "_sessions"


def test_what_a_spec_adds_to_users_comes_after_what_features_say(spec: Spec) -> None:
    names = [column.name for column in all_tables(spec)["users"].columns]
    assert names.index("email") < names.index("role") < names.index("nickname")


def test_the_roles_of_a_spec_are_those_of_its_accounts(spec: Spec) -> None:
    (check,) = all_tables(spec)["users"].checks
    members = [member.value for member in getattr(check, "enum").members]  # noqa: B009
    assert members[0] == "user"
    assert set(members) == {"user", "editor", "admin"}


def test_without_features_there_are_none(spec: Spec) -> None:
    assert own(spec, {}) == ()


@pytest.mark.parametrize(
    "raw", [{"x": {"fields": {"a": "strin"}}}, {"x": {"feilds": {}}}, {"X": {}}]
)
def test_what_is_no_table_is_the_manifests_fault(spec: Spec, raw: dict[str, Any]) -> None:
    with pytest.raises(ManifestError):
        own(spec, raw)
