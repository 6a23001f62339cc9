"""The places in shared templates where a feature may put lines of its own. The set is closed."""

from __future__ import annotations

SLOTS: dict[str, str] = {
    "main.imports": "imports of app/main.py",
    "main.lifespans": "context managers entered when the service starts, one a line, in a list",
    "main.wrappers": "ASGI wrappers around the whole application, the outermost first, one a line",
    "main.setup": "statements of create_app() on the finished `app`",
    "api.imports": "imports of app/api.py",
    "api.routers": "routers under the API's prefix, one a line, in a list",
    "models.imports": "imports of app/models.py that register tables",
    "settings.validators": "methods of the Settings class",
    "health.checks": "what /health/ready asks beside the database, one a line, in a list",
    "conftest.fixtures": "fixtures of tests/conftest.py",
    "commands": "commands of `python -m app`",
    "readme.sections": "sections of README.md",
    "agents.sections": "sections of AGENTS.md",
}
"""Each slot with its meaning; `{{ slot("main.lifespans") }}` on a line of its own prints it."""
