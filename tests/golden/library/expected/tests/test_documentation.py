"""The documentation: who sees it, and that it says everything."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx2 import AsyncClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import connect
from tests.throwaway import ROOT

PAGES = ["/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json"]


def service(settings: Settings, environment: str, *, documentation: bool | None = None) -> FastAPI:
    """The service as it is in an environment."""
    changes = {"environment": environment, "documentation": documentation}
    return create_app(settings.model_copy(update=changes))


async def statuses(app: FastAPI) -> set[int]:
    """What the pages of the documentation answer."""
    async with connect(app) as client:
        return {(await client.get(f"{ROOT}{page}")).status_code for page in PAGES}


async def test_development_shows_the_documentation(settings: Settings) -> None:
    assert await statuses(service(settings, "development")) == {200}


async def test_production_shows_none(settings: Settings) -> None:
    assert await statuses(service(settings, "production")) == {404}


async def test_the_settings_have_the_last_word(settings: Settings) -> None:
    assert await statuses(service(settings, "production", documentation=True)) == {200}
    assert await statuses(service(settings, "development", documentation=False)) == {404}


async def test_the_pages_may_load_scripts_and_are_guarded_otherwise(client: AsyncClient) -> None:
    answer = await client.get(f"{ROOT}/docs")

    assert "Content-Security-Policy" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"]


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of a document by its method and path."""
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


async def test_nothing_is_served_behind_the_back_of_the_document(settings: Settings) -> None:
    app = service(settings, "production")
    mounted = {
        (method, route.path_format or "")
        for route in iter_route_contexts(app.routes)
        for method in route.methods or {"ANYTHING"}
    }

    open_ = []
    async with connect(app) as client:
        for method, path in mounted - operations(app.openapi()).keys():
            answer = await client.request(method, f"{ROOT}{path}")
            if answer.status_code not in (401, 404):
                open_.append((method, path))

    assert open_ == []


async def test_every_error_that_the_document_names_is_a_problem(client: AsyncClient) -> None:
    document = (await client.get(f"{ROOT}/openapi.json")).json()
    assert "Problem" in document["components"]["schemas"]
    for name, operation in operations(document).items():
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert answer["content"].keys() == {"application/problem+json"}, (*name, status)


async def test_every_operation_has_a_name_of_its_own(client: AsyncClient) -> None:
    document = (await client.get(f"{ROOT}/openapi.json")).json()
    names = [operation["operationId"] for operation in operations(document).values()]
    assert len(names) == len(set(names))
