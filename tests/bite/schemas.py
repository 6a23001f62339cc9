"""What is accepted, and what is shown."""

from __future__ import annotations

from bite.breakage import Breakage

SCHEMAS = (
    Breakage("a negative price is taken", "app/decimals.py", r"ge=self\.ge,", ""),
    Breakage(
        "a negative stock is taken",
        "app/resources/books/schemas.py",
        r"Stock = Annotated\[Int32, Field\(ge=0\)\]",
        "Stock = Int32",
    ),
    Breakage(
        "a title may be one longer",
        "app/resources/books/schemas.py",
        r"(Title = .*?max_length=)200",
        r"\g<1>201",
    ),
    Breakage(
        "a title may be empty",
        "app/resources/books/schemas.py",
        r"(Title = .*?)min_length=1, ",
        r"\1",
    ),
    Breakage(
        "an ISBN may be anything",
        "app/resources/books/schemas.py",
        r', pattern="\^\[0-9\]\{13\}\$"',
        "",
    ),
    Breakage(
        "the internal note is shown",
        "app/resources/books/schemas.py",
        r"(class BookRead.*?    title: str\n)",
        r"\1    internal_note: str | None\n",
    ),
    Breakage(
        "the hash of a password is shown",
        "app/users/schemas.py",
        r"(class UserRead.*?    email: \w+\n)",
        r"\1    password_hash: str\n",
    ),
    Breakage("unheard-of keys are taken", "app/schemas.py", r'extra="forbid"', 'extra="ignore"'),
    Breakage(
        "the role is sent at sign-up",
        "app/auth/schemas.py",
        r"(class NewAccount.*?    email: [^\n]*\n)",
        r"\1    role: str = 'user'\n",
    ),
    Breakage(
        "32-bit integers are not bounded",
        "app/schemas.py",
        r"Int32 = Annotated\[int, Strict\(\), Field\([^\n]*\)\]",
        "Int32 = Annotated[int, Strict()]",
    ),
    Breakage("a NUL is taken", "app/schemas.py", r"Text = Annotated\[str, [^\n]*\]", "Text = str"),
    Breakage(
        "a page may be as long as one likes",
        "app/pagination.py",
        r"Field\(ge=1, le=\d+\)",
        "Field(ge=1)",
    ),
)
