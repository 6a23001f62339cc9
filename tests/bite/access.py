"""Who may do what."""

from __future__ import annotations

from bite.breakage import Breakage

ACCESS = (
    Breakage(
        "a book is created by anyone who has signed in",
        "app/resources/books/access.py",
        r'CREATE = allow\("editor", "admin"\)',
        'CREATE = allow("user")',
    ),
    Breakage(
        "a book is deleted by an editor alone",
        "app/resources/books/access.py",
        r'DELETE = allow\("editor", "admin"\)',
        'DELETE = allow("editor")',
    ),
    Breakage(
        "creating a book has no access rule",
        "app/resources/books/router.py",
        r"dependencies=\[Depends\(access\.CREATE\)\],",
        "",
    ),
    Breakage(
        "linking a tag has no access rule",
        "app/resources/books/router.py",
        r"(@router\.put\([^)]*/tags/[^)]*\n)    dependencies=\[Depends\(access\.UPDATE\)\],",
        r"\1",
    ),
    Breakage(
        "a rule lets in every role",
        "app/auth/access.py",
        r"        raise ForbiddenError\n",
        "        return None\n",
    ),
    Breakage(
        "an owner is everybody",
        "app/auth/access.py",
        r"            return caller\.id\n",
        "            return None\n",
    ),
    Breakage(
        "a token is not needed where a rule is stated",
        "app/auth/jwt/bearer.py",
        r'            raise UnauthenticatedError\("This needs an access token\."\)',
        "            from uuid import UUID\n\n            return Caller(UUID(int=0), 'admin')",
    ),
    Breakage(
        "users are listed by anyone who has signed in",
        "app/users/access.py",
        r'LIST = allow\("admin"\)',
        'LIST = allow("user")',
    ),
)
