"""What a spec says of accounts: who gets one, what it holds, and what is below it in the URL."""

from __future__ import annotations

import re

import pytest

from generator import pipeline
from generator.errors import SpecError
from generator.tree import Tree

HEAD = "scaffold: 1\nservice: {name: x}\n"
PEOPLE = """
enums: {Role: [a, b]}
resources:
  user:
    fields: {phone: string unique, kind: Role?, code: string? immutable, token: string? hidden}
    relations: {books: has_many book, liked: many_to_many book, team: belongs_to team?}
  book: {owned: true, access: {read: public}}
  team: {owned: true}
"""


def made(text: str) -> Tree:
    return pipeline.generate(pipeline.read(HEAD + text), HEAD + text)


def body_of(tree: Tree, path: str, name: str) -> str:
    """The lines of a class."""
    return tree[path].split(f"class {name}(")[1].split("\n\n\n")[0]


@pytest.fixture(scope="module")
def people() -> Tree:
    return made(PEOPLE)


def test_what_is_required_is_asked_when_an_account_is_made(people: Tree) -> None:
    asked = body_of(people, "app/auth/schemas.py", "NewAccount")
    assert "    phone: Phone\n" in asked
    assert "    kind: RoleEnum | None = None\n" in asked
    assert "token" not in asked


def test_what_not_everyone_may_see_is_pointed_at_later(people: Tree) -> None:
    assert "team_id" not in body_of(people, "app/auth/schemas.py", "NewAccount")
    assert "team_id: UUID | MISSING | None" in body_of(
        people, "app/users/schemas.py", "ProfileUpdate"
    )
    assert 'self._sees_team(caller, values.get("team_id"))' in people["app/users/service.py"]


def test_what_is_immutable_is_not_changed_and_what_is_hidden_not_shown(people: Tree) -> None:
    schemas = people["app/users/schemas.py"]
    assert "    code: Immutable = MISSING" in body_of(
        people, "app/users/schemas.py", "ProfileUpdate"
    )
    assert "    code: str | None\n" in body_of(people, "app/users/schemas.py", "UserRead")
    assert "token" not in schemas


def test_an_enum_that_is_called_like_ours_is_another(people: Tree) -> None:
    assert "class RoleEnum(StrEnum)" in people["app/enums.py"]
    assert "kind: Mapped[RoleEnum | None]" in people["app/auth/models.py"]


def test_admins_filter_and_sort_by_what_is_indexed(people: Tree) -> None:
    query = body_of(people, "app/users/schemas.py", "UserQuery")
    assert "phone: TextParam | MISSING" in query
    assert '"-phone"' in query


def test_lists_and_links_are_ones_own_and_for_admins_everybodys(people: Tree) -> None:
    router = people["app/users/related/router.py"]
    for path in ("/me/books", "/{user_id:uuid}/books", "/me/liked/{liked_id}"):
        assert f'"{path}"' in router, path


def test_who_adds_nothing_gets_nothing() -> None:
    tree = made("resources: {book: {owned: true}}")
    assert not [path for path in tree if "related" in path or "test_details" in path]


@pytest.mark.parametrize("signup", ["open", "closed"])
def test_accounts_are_made_in_one_way(signup: str) -> None:
    tree = made(f"auth: {{signup: {signup}}}")
    assert ("app/auth/sign_up/router.py" in tree) is (signup == "open")
    assert ("app/users/creation/router.py" in tree) is (signup == "closed")
    assert ("sign_ups_per_address" in tree["app/settings.py"]) is (signup == "open")


@pytest.mark.parametrize("checked", [True, False])
def test_only_who_is_checked_asks_the_database(checked: bool) -> None:
    tree = made(f"auth: {{check_user: {str(checked).lower()}}}")
    assert ("UserRepository" in tree["app/auth/authentication.py"]) is checked
    assert ("tests/auth/test_checked_callers.py" in tree) is checked


TOKENS = re.compile("jwt|secret_key|Bearer |refresh_token", re.IGNORECASE)
"""What only a service with tokens has; that they would be kept out of logs does no harm."""


@pytest.mark.parametrize("store", ["database", "redis"])
def test_a_service_with_sessions_alone_has_no_tokens(store: str) -> None:
    tree = made(f"auth: {{methods: [session], sessions: {store}}}")
    texts = [(path, text) for path, text in tree.items() if not path.endswith("logs.py")]
    found = [(path, TOKENS.findall(path + text)) for path, text in texts]
    assert [one for one in found if one[1]] == []
    assert ("app/auth/session/models.py" in tree) is (store == "database")
    assert ("app/redis.py" in tree) is (store == "redis")


def test_a_service_without_sessions_sets_no_cookie() -> None:
    tree = made("auth: {methods: [jwt]}")
    assert not [path for path in tree if "session/" in path]
    assert "COOKIES: list[str] = []" in tree["app/cors.py"]
    assert "__Host-" not in "".join(text for _, text in tree.items())


def test_an_open_service_calls_anything_user() -> None:
    tree = made("auth: none\nresources: {user: {fields: {email: email, role: string}}}")
    assert "app/resources/users/model.py" in tree
    assert not [path for path in tree if path.startswith(("app/auth", "app/users", "tests/auth"))]
    assert "SECRET_KEY" not in "".join(text for _, text in tree.items())


@pytest.mark.parametrize("name", ["email", "password_hash", "role", "created_at"])
def test_what_every_account_has_is_no_addition(name: str) -> None:
    with pytest.raises(SpecError, match="name-collision"):
        pipeline.read(HEAD + f"resources: {{user: {{fields: {{{name}: string?}}}}}}")
