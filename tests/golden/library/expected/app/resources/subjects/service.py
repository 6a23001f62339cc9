"""What can be done with subjects, and what has to hold."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.database import Executor, get_executor
from app.etags import Versions
from app.resources.subjects.repository import SubjectRepository
from app.resources.subjects.schemas import (
    SubjectCreate,
    SubjectPage,
    SubjectQuery,
    SubjectRead,
    SubjectUpdate,
)
from app.resources.works.repository import WorkRepository
from app.resources.works.schemas import WorkPage, WorkQuery


class SubjectService:
    """The rules of subjects."""

    def __init__(self, executor: Executor) -> None:
        self._subjects = SubjectRepository(executor)
        self._works = WorkRepository(executor)

    async def page(self, query: SubjectQuery) -> SubjectPage:
        """One page of subjects. Raises `InvalidInputError` for a bad cursor."""
        return SubjectPage.of(await self._subjects.page(query))

    async def get(self, subject_id: UUID) -> SubjectRead:
        """A subject. Raises `NotFoundError`."""
        row = await self._subjects.get(subject_id)
        if row is None:
            raise self._subjects.not_found()
        return SubjectRead.model_validate(row)

    async def create(self, data: SubjectCreate) -> SubjectRead:
        """A new subject. Raises `ConflictError` where a constraint says no."""
        values = data.model_dump()
        return SubjectRead.model_validate(await self._subjects.add(values))

    async def update(
        self, subject_id: UUID, data: SubjectUpdate, versions: Versions = None
    ) -> SubjectRead:
        """The changed subject; what `data` does not hold stays.

        Raises `NotFoundError`, `PreconditionFailedError` at none of the versions, and
        `ConflictError` where a constraint says no.
        """
        values = data.model_dump()
        row = await self._subjects.change(subject_id, values, versions=versions)
        if row is None:
            raise await self._subjects.refusal(subject_id)
        return SubjectRead.model_validate(row)

    async def delete(self, subject_id: UUID, versions: Versions = None) -> None:
        """Remove it. Raises `NotFoundError`, and `ConflictError` while others point at it."""
        if not await self._subjects.remove(subject_id, versions=versions):
            raise await self._subjects.refusal(subject_id)

    async def list_works(self, subject_id: UUID, query: WorkQuery) -> WorkPage:
        """One page of the works of a subject. Raises `NotFoundError`."""
        await self.get(subject_id)
        within = self._subjects.works_links().of(subject_id)
        page = await self._works.page(query, within)
        return WorkPage.of(page)

    async def link_works(self, subject_id: UUID, work_id: UUID, versions: Versions = None) -> None:
        """Link the two. Raises `NotFoundError` where either is missing, and `PreconditionFailedError`."""
        await self._require_changeable(subject_id, versions)
        await self._subjects.works_links().add(subject_id, work_id)

    async def unlink_works(
        self, subject_id: UUID, work_id: UUID, versions: Versions = None
    ) -> None:
        """Unlink the two, if they are linked. Raises `NotFoundError`, and `PreconditionFailedError`."""
        await self._require_changeable(subject_id, versions)
        await self._subjects.works_links().remove(subject_id, work_id)

    async def _require_changeable(self, subject_id: UUID, versions: Versions = None) -> None:
        """Raises what `update` does for a row that is missing, stale or not the caller's to change.

        Links are the row's own: who may change it may change them.
        """
        row = await self._subjects.get(subject_id)
        if row is None:
            raise await self._subjects.refusal(subject_id)
        if versions is not None and row["version_"] not in versions:
            raise self._subjects.stale()


async def subject_service(request: Request) -> SubjectService:
    """The service on what the request's statements run on."""
    return SubjectService(await get_executor(request))


SubjectServiceDep = Annotated[SubjectService, Depends(subject_service)]
