"""What can be done with works, and what has to hold."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.auth.access import Caller
from app.database import Executor, get_executor
from app.etags import Versions
from app.resources.loans import access as loans_access
from app.resources.loans.repository import LoanRepository
from app.resources.loans.schemas import LoanPage, LoanQuery
from app.resources.subjects.repository import SubjectRepository
from app.resources.subjects.schemas import SubjectPage, SubjectQuery
from app.resources.works.repository import WorkRepository
from app.resources.works.schemas import (
    WorkCreate,
    WorkPage,
    WorkQuery,
    WorkRead,
    WorkUpdate,
)


class WorkService:
    """The rules of works."""

    def __init__(self, executor: Executor) -> None:
        self._works = WorkRepository(executor)
        self._subjects = SubjectRepository(executor)
        self._loans = LoanRepository(executor)

    async def page(self, query: WorkQuery) -> WorkPage:
        """One page of works. Raises `InvalidInputError` for a bad cursor."""
        return WorkPage.of(await self._works.page(query))

    async def get(self, work_id: UUID) -> WorkRead:
        """A work. Raises `NotFoundError`."""
        row = await self._works.get(work_id)
        if row is None:
            raise self._works.not_found()
        return WorkRead.model_validate(row)

    async def create(self, data: WorkCreate) -> WorkRead:
        """A new work. Raises `ConflictError` where a constraint says no."""
        values = data.model_dump()
        return WorkRead.model_validate(await self._works.add(values))

    async def update(self, work_id: UUID, data: WorkUpdate, versions: Versions = None) -> WorkRead:
        """The changed work; what `data` does not hold stays.

        Raises `NotFoundError`, `PreconditionFailedError` at none of the versions, and
        `ConflictError` where a constraint says no.
        """
        values = data.model_dump()
        row = await self._works.change(work_id, values, versions=versions)
        if row is None:
            raise await self._works.refusal(work_id)
        return WorkRead.model_validate(row)

    async def delete(self, work_id: UUID, versions: Versions = None) -> None:
        """Remove it. Raises `NotFoundError`, and `ConflictError` while others point at it."""
        if not await self._works.remove(work_id, versions=versions):
            raise await self._works.refusal(work_id)

    async def list_subjects(self, work_id: UUID, query: SubjectQuery) -> SubjectPage:
        """One page of the subjects of a work. Raises `NotFoundError`."""
        await self.get(work_id)
        within = self._works.subjects_links().of(work_id)
        page = await self._subjects.page(query, within)
        return SubjectPage.of(page)

    async def list_loans(self, caller: Caller, work_id: UUID, query: LoanQuery) -> LoanPage:
        """One page of the loans of a work. Raises `NotFoundError`."""
        await self.get(work_id)
        within = LoanRepository.within("work_id", work_id)
        page = await self._loans.page(query, within, owner=loans_access.LIST.owner(caller))
        return LoanPage.of(page)

    async def list_sequels(self, work_id: UUID, query: WorkQuery) -> WorkPage:
        """One page of the sequels of a work. Raises `NotFoundError`."""
        await self.get(work_id)
        within = WorkRepository.within("sequel_to_id", work_id)
        page = await self._works.page(query, within)
        return WorkPage.of(page)

    async def link_subjects(
        self, work_id: UUID, subject_id: UUID, versions: Versions = None
    ) -> None:
        """Link the two. Raises `NotFoundError` where either is missing, and `PreconditionFailedError`."""
        await self._require_changeable(work_id, versions)
        await self._works.subjects_links().add(work_id, subject_id)

    async def unlink_subjects(
        self, work_id: UUID, subject_id: UUID, versions: Versions = None
    ) -> None:
        """Unlink the two, if they are linked. Raises `NotFoundError`, and `PreconditionFailedError`."""
        await self._require_changeable(work_id, versions)
        await self._works.subjects_links().remove(work_id, subject_id)

    async def _require_changeable(self, work_id: UUID, versions: Versions = None) -> None:
        """Raises what `update` does for a row that is missing, stale or not the caller's to change.

        Links are the row's own: who may change it may change them.
        """
        row = await self._works.get(work_id)
        if row is None:
            raise await self._works.refusal(work_id)
        if versions is not None and row["version_"] not in versions:
            raise self._works.stale()


async def work_service(request: Request) -> WorkService:
    """The service on what the request's statements run on."""
    return WorkService(await get_executor(request))


WorkServiceDep = Annotated[WorkService, Depends(work_service)]
