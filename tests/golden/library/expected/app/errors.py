"""What can go wrong, and the one place that turns it into `application/problem+json` (RFC 9457)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from app.challenges import CHALLENGES
from app.wording import message_of

MEDIA_TYPE = "application/problem+json"
MAX_PROBLEMS = 100
"""How many findings of the validation are told: each takes more bytes than what it is about."""
TITLES = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
"""What RFC 9110, 15.5 calls them; Python's own words differ from version to version."""


class FieldProblem(BaseModel):
    """What is wrong with one part of the request."""

    location: str
    """Where it stood: `body`, `query`, `path`, `header`."""
    pointer: str
    """Which part of it, as a JSON pointer (RFC 6901)."""
    code: str
    detail: str


class Problem(BaseModel):
    """The body of every answer that is an error (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    """A word for programs; it stays the same when the texts change."""
    detail: str | None = None
    request_id: str | None = None
    errors: list[FieldProblem] | None = None


class ApplicationError(Exception):
    """What the service itself refuses; each kind is one status and one code."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal-error"

    def __init__(self, detail: str | None = None, errors: Iterable[FieldProblem] = ()) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.errors = list(errors)

    @property
    def headers(self) -> dict[str, str]:
        """What the answer's headers say beside the usual."""
        return {}


class InvalidInputError(ApplicationError):
    """The request can't be acted on as it stands."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid-input"


class NotFoundError(ApplicationError):
    """There is no such thing, or none that the caller may know of."""

    status = HTTPStatus.NOT_FOUND
    code = "not-found"


class ConflictError(ApplicationError):
    """The request contradicts what is stored; `errors` names the fields."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class PreconditionFailedError(ApplicationError):
    """Somebody else changed it first: the `If-Match` no longer holds (RFC 9110, 13.1.1)."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "stale"


class TooManyRequestsError(ApplicationError):
    """Too often; `retry_after` seconds from now it may work again."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too-many-requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Try again in {retry_after} seconds.")
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        """When to come back (RFC 9110, 10.2.3)."""
        return {"Retry-After": str(self.retry_after)}


class UnauthenticatedError(ApplicationError):
    """Nobody proved who they are, or the proof does not hold."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthenticated"

    @property
    def headers(self) -> dict[str, str]:
        """How to prove it (RFC 9110, 11.6.1)."""
        return {"WWW-Authenticate": ", ".join(CHALLENGES)}


class LimitsUnavailableError(ApplicationError):
    """Nobody can tell how often this was tried, and it must not be tried often."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "limits-unavailable"

    @property
    def headers(self) -> dict[str, str]:
        """When to come back (RFC 9110, 10.2.3)."""
        return {"Retry-After": "1"}


class OverloadedError(ApplicationError):
    """More work waits than can be done soon."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "overloaded"

    @property
    def headers(self) -> dict[str, str]:
        """When to come back (RFC 9110, 10.2.3)."""
        return {"Retry-After": "2"}


class ForbiddenError(ApplicationError):
    """The caller is known, and may not."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"


class DatabaseUnavailableError(ApplicationError):
    """The database is away, frozen or overloaded."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "database-unavailable"

    def __init__(self) -> None:
        super().__init__("The database does not answer.")

    @property
    def headers(self) -> dict[str, str]:
        """When to come back (RFC 9110, 10.2.3)."""
        return {"Retry-After": "2"}


def install(app: FastAPI) -> None:
    """Answer every error of the application with a problem."""
    app.exception_handler(ApplicationError)(respond_application_error)
    app.exception_handler(RequestValidationError)(respond_invalid_request)
    app.exception_handler(HTTPException)(respond_http_exception)
    app.exception_handler(Exception)(respond_unexpected)


async def respond_application_error(request: Request, error: ApplicationError) -> JSONResponse:
    """What the service refuses."""
    return answer(
        request, error.status, error.code, error.detail, error.errors, headers=error.headers
    )


async def respond_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
    """A 422 that says where and why, and never repeats what was sent: it may be a password.

    A body that is called something else than JSON is a 415 (RFC 9110, 15.5.16).
    """
    if isinstance(error.body, bytes):  # unread: the framework has taken it for no JSON
        return answer(
            request,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body has to be application/json.",
            headers={"Accept": "application/json"},
        )
    errors = [refused_part(item) for item in error.errors()[:MAX_PROBLEMS]]
    detail = "The request is not valid."
    return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-input", detail, errors)


async def respond_http_exception(request: Request, error: HTTPException) -> JSONResponse:
    """What the framework refuses: unknown paths, methods, bodies that are no JSON."""
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(allowed_methods(request))
    detail = error.detail if error.detail != status.phrase else None
    code = title(status).lower().replace(" ", "-")
    return answer(request, status, code, detail, headers=headers)


async def respond_unexpected(request: Request, _error: Exception) -> JSONResponse:
    """A fault of ours. The log has the details, the answer none."""
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error")


def title(status: int) -> str:
    """What a status is called, whatever the version of Python."""
    return TITLES.get(status) or HTTPStatus(status).phrase


def refused_part(item: Mapping[str, Any]) -> FieldProblem:
    """One finding of the validation."""
    whole = item["type"] == "json_invalid"  # its place is an offset in the text
    return field_problem(("body",) if whole else item["loc"], item["type"], message_of(item))


def field_problem(location: tuple[str | int, ...], code: str, detail: str) -> FieldProblem:
    """What is wrong with one part of the request, which a JSON pointer tells."""
    where, *path = location or ("body",)
    pointer = "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return FieldProblem(location=str(where), pointer=pointer, code=code, detail=detail)


def allowed_methods(request: Request) -> list[str]:
    """Every method that the path has, for the `Allow` that RFC 9110, 15.5.6 asks for."""
    allowed: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        pattern, _, _ = compile_path(route.path or "")
        if route.methods and pattern.match(request.scope["path"]):
            allowed |= set(route.methods)
    return sorted(allowed | {"HEAD"} if "GET" in allowed else allowed)


def answer(
    request: Request,
    status: HTTPStatus,
    code: str,
    detail: str | None = None,
    errors: list[FieldProblem] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response that a problem becomes."""
    problem = Problem(
        title=title(status),
        status=status,
        code=code,
        detail=detail,
        request_id=request.scope.get("state", {}).get("request_id"),
        errors=errors or None,
    )
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, int(status), dict(headers or {}), MEDIA_TYPE)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation may answer besides its success, for the OpenAPI document."""
    return {
        status: {
            "description": title(status),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def describe(document: dict[str, Any]) -> None:
    """Add the schema of a problem, which `problems` refers to, to an OpenAPI document."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs"), Problem=schema)
