"""The URLs of loans."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response, status

from app import etags
from app.auth.access import Caller
from app.errors import problems
from app.etags import VersionsDep
from app.idempotency.route import IdempotentRoute
from app.queries import from_query, in_query
from app.resources.loans import access
from app.resources.loans.schemas import (
    LoanCreate,
    LoanPage,
    LoanQuery,
    LoanRead,
    LoanUpdate,
)
from app.resources.loans.service import LoanServiceDep
from app.routing import Router

router = Router(prefix="/loans", tags=["loans"], route_class=IdempotentRoute)


@router.get(
    "", responses=problems(401, 403, 414, 422, 431, 500, 503), openapi_extra=in_query(LoanQuery)
)
async def list_loans(
    loans: LoanServiceDep,
    caller: Annotated[Caller, Depends(access.LIST)],
    query: Annotated[LoanQuery, Depends(from_query(LoanQuery))],
) -> LoanPage:
    """One page of loans, newest first unless asked otherwise."""
    return await loans.page(caller, query)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(400, 401, 403, 408, 409, 413, 415, 422, 431, 500, 503),
)
async def create_loan(
    loans: LoanServiceDep,
    caller: Annotated[Caller, Depends(access.CREATE)],
    data: LoanCreate,
    request: Request,
    response: Response,
) -> LoanRead:
    """Create a loan."""
    loan = await loans.create(caller, data)
    etags.tag(response, loan)
    response.headers["Location"] = f"{request.url.path}/{loan.id}"
    return loan


@router.get("/{loan_id:key}", responses=problems(401, 403, 404, 422, 431, 500, 503))
async def get_loan(
    loans: LoanServiceDep,
    caller: Annotated[Caller, Depends(access.GET)],
    loan_id: UUID,
    response: Response,
) -> LoanRead:
    """A loan."""
    loan = await loans.get(caller, loan_id)
    etags.tag(response, loan)
    return loan


@router.patch(
    "/{loan_id:key}",
    dependencies=[Depends(access.UPDATE)],
    responses=problems(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 431, 500, 503),
)
async def update_loan(
    loans: LoanServiceDep,
    loan_id: UUID,
    data: LoanUpdate,
    versions: VersionsDep,
    response: Response,
) -> LoanRead:
    """Change a loan; what is left out stays, and `If-Match` guards against overwriting."""
    loan = await loans.update(loan_id, data, versions)
    etags.tag(response, loan)
    return loan


@router.delete(
    "/{loan_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.DELETE)],
    responses=problems(401, 403, 404, 409, 412, 422, 431, 500, 503),
)
async def delete_loan(loans: LoanServiceDep, loan_id: UUID, versions: VersionsDep) -> None:
    """Delete a loan."""
    await loans.delete(loan_id, versions)
