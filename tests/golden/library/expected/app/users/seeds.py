"""How accounts are seeded, and who may sign in then."""

from app.auth.models import Role, User
from app.seeding import words
from app.seeding.domains import emails, texts
from app.seeding.makers import (
    always,
    created,
    each,
    firsts,
    maybe,
    person_of,
    some,
    time_ordered,
    updated,
)
from app.seeding.secret import PASSWORD, secret_hash
from app.seeding.seeds import Seeds

FIRST = [f"{role}@example.com" for role in Role]
"""One account of each role; the others are people with no more than an account."""

SEEDS = Seeds(
    model=User,
    least=len(Role),
    columns={
        "id": time_ordered(),
        "created_at": created(),
        "updated_at": updated(),
        "email": firsts(FIRST, each(emails(254))),
        "password_hash": secret_hash(),
        "role": firsts(Role, always(Role.USER)),
        "is_active": always(True),
        "full_name": maybe(person_of("email", some(texts(words.PEOPLE, 1, 200)))),
    },
    distinct=[("email",)],
    stamp="updated_at",
    most=20,
)


def sign_in_note() -> str:
    """Who may sign in, and how."""
    opens = f"Accounts made just now open with the password {PASSWORD}"
    return f"{opens}; {', '.join(FIRST)} have a role each."
