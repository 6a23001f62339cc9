"""What is mounted around the resources, and what is answered when something is wrong."""

from __future__ import annotations

from bite.breakage import Breakage

ANSWERS = (
    Breakage(
        "the router of accounts is not mounted", "app/api.py", r"    users,\n", near=("users",)
    ),
    Breakage(
        "the health checks are not mounted",
        "app/main.py",
        r"    app\.include_router\(health\.router\)\n",
        near=("health",),
    ),
    Breakage(
        "the pass around every request is not mounted",
        "app/main.py",
        r"    RequestMiddleware,\n\]",
        "]",
        near=("middleware",),
    ),
    Breakage(
        "errors are not answered with problems",
        "app/main.py",
        r"    errors\.install\(app\)\n",
        near=("errors",),
    ),
    Breakage(
        "a missing row is an empty answer",
        "app/errors.py",
        r"(class NotFoundError.*?status = HTTPStatus\.)NOT_FOUND",
        r"\1OK",
    ),
    Breakage(
        "a conflict is a 400",
        "app/errors.py",
        r"(class ConflictError.*?status = HTTPStatus\.)CONFLICT",
        r"\1BAD_REQUEST",
        near=("resources",),
    ),
    Breakage(
        "a 405 says nothing of what is allowed",
        "app/errors.py",
        r'        headers\["Allow"\] = [^\n]*\n',
        "        headers = {}\n",
    ),
    Breakage(
        "a 422 repeats what was sent",
        "app/errors.py",
        r'detail = "The request is not valid\."',
        "detail = str(error.body)",
    ),
    Breakage(
        "a fault of ours is told to the client",
        "app/errors.py",
        r'"internal-error"\)\n\n\ndef title',
        '"internal-error", str(_error))\n\n\ndef title',
        near=("errors", "refusals"),
    ),
    Breakage(
        "a conflict does not name its field",
        "app/constraints.py",
        r"return kind\(named, problems\)",
        "return kind(named)",
        near=("resources",),
    ),
    Breakage(
        "a reference to nothing is a fault of ours",
        "app/constraints.py",
        r'if violation\.kind == "reference":\n        columns',
        'if violation.kind == "references":\n        columns',
        near=("resources",),
    ),
    Breakage(
        "a body that is no JSON is a 422",
        "app/errors.py",
        r"if isinstance\(error\.body, bytes\):",
        "if False:",
    ),
    Breakage(
        "ready does not ask the database",
        "app/health.py",
        r"    await database\.ping\(\)\n",
    ),
    Breakage(
        "a database that is away is a fault of ours",
        "app/database.py",
        r"            raise DatabaseUnavailableError from error\n        except",
        "            raise RuntimeError from error\n        except",
        near=("database", "health"),
    ),
)
