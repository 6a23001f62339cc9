"""What is mounted, and what is answered."""

from __future__ import annotations

from bite.breakage import Breakage

MOUNTS = (
    Breakage(
        "the router of books is not mounted",
        "app/api.py",
        r"    books,\n",
        "",
    ),
    Breakage("the router of accounts is not mounted", "app/api.py", r"    users,\n", ""),
    Breakage(
        "the health checks are not mounted",
        "app/main.py",
        r"    app\.include_router\(health\.router\)\n",
        "",
    ),
    Breakage(
        "the pass around every request is not mounted",
        "app/main.py",
        r"    RequestMiddleware,\n\]",
        "]",
    ),
    Breakage(
        "errors are not answered with problems",
        "app/main.py",
        r"    errors\.install\(app\)\n",
        "",
    ),
    Breakage(
        "creating answers 200",
        "app/resources/books/router.py",
        r"status_code=status\.HTTP_201_CREATED",
        "status_code=status.HTTP_200_OK",
    ),
    Breakage(
        "deleting answers 200",
        "app/resources/books/router.py",
        r"(@router\.delete\(\n[^\n]*\n    status_code=)status\.HTTP_204_NO_CONTENT",
        r"\1status.HTTP_200_OK",
    ),
    Breakage(
        "there is no Location",
        "app/resources/books/router.py",
        r'    response\.headers\["Location"\][^\n]*\n',
        "",
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
)
