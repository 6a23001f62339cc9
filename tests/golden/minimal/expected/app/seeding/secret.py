"""The one password of everything that is seeded: another one each time."""

import secrets
from functools import cache

from app import passwords
from app.seeding.makers import Maker

PASSWORD = secrets.token_urlsafe(12)


def secret_hash() -> Maker:
    """The hash of the password."""
    return lambda _: hashed()


@cache
def hashed() -> str:
    """The hash, made once: a hash of its own for each row would take all the time there is."""
    return passwords.hash_at_once(PASSWORD)
