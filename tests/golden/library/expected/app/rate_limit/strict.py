"""The operations that nobody needs often, by the name of their function."""

STRICT: frozenset[str] = frozenset(
    {
        "login",
        "refresh",
        "change_password",
        "sign_up",
    }
)
"""Those that guess a secret, make accounts or cost much. While requests can't be counted, they are
refused: the others are answered."""
