"""What travels when someone gets an account or proves to have one."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from app.schemas import Email, Schema, Secret, Text

MAX_BODY_BYTES = 16 * 1024
"""Of what anybody may send to sign in: far more than passwords and tokens take."""
MIN_PASSWORD = 12
MAX_PASSWORD = 128
COMMON_PASSWORDS = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())
"""Long enough, and still the first that anyone tries; in lower case."""


def refuse_common(password: SecretStr) -> SecretStr:
    """What is tried first is no secret, whatever its case."""
    if password.get_secret_value().casefold() in COMMON_PASSWORDS:
        raise ValueError("is one of the commonest passwords")
    return password


EmailAddress = Annotated[Email, Field(max_length=254)]
FullName = Annotated[Text, Field(min_length=1, max_length=200)]
NewPassword = Annotated[
    Secret,
    Field(
        min_length=MIN_PASSWORD,
        max_length=MAX_PASSWORD,
        json_schema_extra={"not": {"enum": sorted(COMMON_PASSWORDS)}},
    ),
    AfterValidator(refuse_common),
]
AnyPassword = Annotated[Secret, Field(min_length=1, max_length=MAX_PASSWORD)]


class NewAccount(Schema):
    """What it takes to make an account."""

    email: EmailAddress
    password: NewPassword
    full_name: FullName | None = None


class Credentials(Schema):
    """What someone sends to sign in."""

    email: EmailAddress
    password: AnyPassword


class PasswordChange(Schema):
    """What someone sends to have another password."""

    current_password: AnyPassword
    new_password: NewPassword
