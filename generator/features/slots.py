"""The places in templates where another feature may put lines of its own. The set is closed."""

from __future__ import annotations

SLOTS: dict[str, str] = {
    "main.imports": "imports of app/main.py",
    "main.lifespans": "context managers of the application, open while it runs, one a line",
    "main.wrappers": "ASGI wrappers around the whole application, from the inside out, one a line",
    "main.setup": "statements of create_app() about the finished `app`",
    "cors.exposed": "headers of answers that pages of other origins may read, one a line",
    "api.imports": "imports of app/api.py",
    "api.routers": "routers below the API's prefix, one a line",
    "models.imports": "imports of app/models.py",
    "models.models": "models of a feature's own tables, one a line",
    "settings.constants": "names that the settings refer to, before the Settings class",
    "backends.imports": "imports of app/backends/__init__.py",
    "backends.backends": "what is particular to an engine, by its name, one a line",
    "settings.validators": "methods of the Settings class",
    "errors.kinds": "classes of app/errors.py, each an ApplicationError",
    "conftest.fixtures": "modules of fixtures for the tests, one a line",
    "commands": "modules with commands of `python -m app`, one a line",
    "seeding.imports": "imports of app/seeding/order.py",
    "seeding.notes": "functions that return what to say once rows are seeded, one a line",
    "readme.sections": "sections of README.md",
    "names.standard": "schemas with the names of a standard, for the tests of names, one a line",
    "access.public": "operations that need no token, for the tests of access, one a line",
    "api_page.contents": "what docs/api.md lists on top, before the resources",
    "api_page.conventions": "items of what holds for every request, in docs/api.md",
    "api_page.accounts": "the section of accounts in docs/api.md, up to the head of its table",
    "api_page.account_routes": "rows of the table of the URLs of accounts, in docs/api.md",
    "api_page.joining": "how somebody gets an account, with an example, in docs/api.md",
    "api_page.sessions": "how somebody signs in and out, with examples, in docs/api.md",
    "security.accounts": "who gets an account, in docs/security.md",
    "security.routes": "rows of the table of routes below /auth, in docs/security.md",
    "security.tokens": "what an access token is good for, in docs/security.md",
    "agents.sections": "sections of AGENTS.md",
}
"""Each slot with its meaning; `{{ slot("main.lifespans") }}` on a line of its own prints it."""
