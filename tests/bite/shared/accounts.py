"""Accounts: made, proved to be one's own, throttled, administered."""

from __future__ import annotations

from bite.breakage import Breakage

ACCOUNTS = (
    Breakage(
        "any password is right",
        "app/auth/service.py",
        r"if user is None or not verdict\.matches:",
        "if user is None:",
        near=("login",),
    ),
    Breakage(
        "the account may be inactive",
        "app/auth/service.py",
        r'if user and user\["is_active"\] else None',
        "if user else None",
        near=("login", "users"),
    ),
    Breakage(
        "an unknown account is told at once",
        "app/passwords.py",
        r"stored = stored or self\._nobodys",
        "if not stored:\n            return Verdict(False, None)",
    ),
    Breakage(
        "a common password is taken",
        "app/auth/schemas.py",
        r"    AfterValidator\(refuse_common\),\n",
        near=("sign_up",),
    ),
    Breakage(
        "a short password is taken",
        "app/auth/schemas.py",
        r"min_length=MIN_PASSWORD",
        "min_length=1",
        near=("sign_up",),
    ),
    Breakage(
        "emails differ by case",
        "app/schemas.py",
        r"(Email = .*?), AfterValidator\(lower_case\)",
        r"\1",
        near=("sign_up", "login"),
    ),
    Breakage(
        "the role is sent at sign-up",
        "app/auth/schemas.py",
        r"(class NewAccount.*?    email: [^\n]*\n)",
        r"\1    role: str = 'user'\n",
        near=("sign_up",),
    ),
    Breakage(
        "the hash of a password is shown",
        "app/users/schemas.py",
        r"(class UserRead.*?    email: \w+\n)",
        r"\1    password_hash: str\n",
        near=("me",),
    ),
    Breakage(
        "logins are not throttled",
        "app/auth/throttle.py",
        r'if row\["tries"\] > limit\.most:',
        "if False:",
    ),
    Breakage(
        "logins are not throttled by address",
        "app/auth/throttle.py",
        r"for limit in reversed\(limits\):",
        "for limit in limits[:1]:",
        near=("login",),
    ),
    Breakage(
        "logins are not throttled by account",
        "app/auth/throttle.py",
        r"for limit in reversed\(limits\):",
        "for limit in limits[-1:]:",
        near=("login",),
    ),
    Breakage(
        "tries are never forgotten",
        "app/auth/throttle.py",
        r"tries=case\(\(is_over, 1\), else_=columns\.tries \+ 1\)",
        "tries=columns.tries + 1",
    ),
    Breakage(
        "a good login leaves the failed ones counted",
        "app/auth/service.py",
        r"(verdict\.matches:\n            raise Una[^\n]*\n)        await self\._throttle[^\n]*\n",
        r"\1",
        near=("throttle", "login"),
    ),
    Breakage(
        "sign-ups are not throttled",
        "app/auth/sign_up/service.py",
        r"        await self\._throttle\.count[^\n]*\n",
        near=("sign_up",),
    ),
    Breakage(
        "a changed password ends no session",
        "app/auth/service.py",
        r"            await end_sessions\(unit, self\._settings, user_id\)\n",
        near=("change_password",),
    ),
    Breakage(
        "the current password may be any",
        "app/auth/service.py",
        r"if not verdict\.matches:\n            raise ForbiddenError",
        "if False:\n            raise ForbiddenError",
        near=("change_password",),
    ),
    Breakage(
        "another role ends no session",
        "app/users/service.py",
        r"await end_sessions\(unit, self\._settings, user_id\)",
        "pass",
    ),
    Breakage(
        "whoever was an admin still is",
        "app/users/service.py",
        r"if caller\.id not in admins:",
        "if False:",
    ),
    Breakage(
        "the last admin may go",
        "app/users/service.py",
        r"if admins == \{user_id\}",
        "if not admins",
    ),
    Breakage(
        "users are listed by anyone who has signed in",
        "app/users/access.py",
        r'LIST = allow\("admin"\)',
        'LIST = allow("user")',
    ),
    Breakage(
        "users are changed by anyone who has signed in",
        "app/users/router.py",
        r"UpdateDep = Annotated\[Caller, Depends\(access\.UPDATE\)\]",
        "UpdateDep = Annotated[Caller, Depends(access.OWN)]",
    ),
    Breakage(
        "an inactive account is still one's own",
        "app/users/service.py",
        r'if row is None or not row\["is_active"\]:',
        "if row is None:",
        near=("me",),
    ),
)
