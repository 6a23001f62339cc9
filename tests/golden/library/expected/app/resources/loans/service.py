"""What can be done with loans, and what has to hold."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.auth.access import Caller
from app.checks import compare
from app.database import Executor, get_executor
from app.etags import Versions
from app.resources.loans import access
from app.resources.loans.repository import LoanRepository
from app.resources.loans.schemas import (
    LoanCreate,
    LoanPage,
    LoanQuery,
    LoanRead,
    LoanUpdate,
)


class LoanService:
    """The rules of loans."""

    def __init__(self, executor: Executor) -> None:
        self._loans = LoanRepository(executor)

    async def page(self, caller: Caller, query: LoanQuery) -> LoanPage:
        """One page of loans. Raises `InvalidInputError` for a bad cursor."""
        return LoanPage.of(await self._loans.page(query, owner=access.LIST.owner(caller)))

    async def get(self, caller: Caller, loan_id: UUID) -> LoanRead:
        """A loan. Raises `NotFoundError`."""
        row = await self._loans.get(loan_id, owner=access.GET.owner(caller))
        if row is None:
            raise self._loans.not_found()
        return LoanRead.model_validate(row)

    async def create(self, caller: Caller, data: LoanCreate) -> LoanRead:
        """A new loan. Raises `ConflictError` where a constraint says no."""
        values = data.model_dump()
        compare(LoanRepository.table, values)
        return LoanRead.model_validate(await self._loans.add_own(values, owner=caller.id))

    async def update(self, loan_id: UUID, data: LoanUpdate, versions: Versions = None) -> LoanRead:
        """The changed loan; what `data` does not hold stays.

        Raises `NotFoundError`, `PreconditionFailedError` at none of the versions, and
        `ConflictError` where a constraint says no.
        """
        values = data.model_dump()
        compare(LoanRepository.table, values)
        row = await self._loans.change(loan_id, values, versions=versions)
        if row is None:
            raise await self._loans.refusal(loan_id)
        return LoanRead.model_validate(row)

    async def delete(self, loan_id: UUID, versions: Versions = None) -> None:
        """Remove it. Raises `NotFoundError`, and `ConflictError` while others point at it."""
        if not await self._loans.remove(loan_id, versions=versions):
            raise await self._loans.refusal(loan_id)


async def loan_service(request: Request) -> LoanService:
    """The service on what the request's statements run on."""
    return LoanService(await get_executor(request))


LoanServiceDep = Annotated[LoanService, Depends(loan_service)]
