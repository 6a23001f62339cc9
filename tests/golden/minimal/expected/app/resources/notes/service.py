"""What can be done with notes, and what has to hold."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.database import Executor, get_executor
from app.etags import Versions
from app.resources.notes.repository import NoteRepository
from app.resources.notes.schemas import (
    NoteCreate,
    NotePage,
    NoteQuery,
    NoteRead,
    NoteUpdate,
)


class NoteService:
    """The rules of notes."""

    def __init__(self, executor: Executor) -> None:
        self._notes = NoteRepository(executor)

    async def page(self, query: NoteQuery) -> NotePage:
        """One page of notes. Raises `InvalidInputError` for a bad cursor."""
        return NotePage.of(await self._notes.page(query))

    async def get(self, note_id: UUID) -> NoteRead:
        """A note. Raises `NotFoundError`."""
        row = await self._notes.get(note_id)
        if row is None:
            raise self._notes.not_found()
        return NoteRead.model_validate(row)

    async def create(self, data: NoteCreate) -> NoteRead:
        """A new note. Raises `ConflictError` where a constraint says no."""
        values = data.model_dump()
        return NoteRead.model_validate(await self._notes.add(values))

    async def update(self, note_id: UUID, data: NoteUpdate, versions: Versions = None) -> NoteRead:
        """The changed note; what `data` does not hold stays.

        Raises `NotFoundError`, `PreconditionFailedError` at none of the versions, and
        `ConflictError` where a constraint says no.
        """
        values = data.model_dump()
        row = await self._notes.change(note_id, values, versions=versions)
        if row is None:
            raise await self._notes.refusal(note_id)
        return NoteRead.model_validate(row)

    async def delete(self, note_id: UUID, versions: Versions = None) -> None:
        """Remove it. Raises `NotFoundError`, and `ConflictError` while others point at it."""
        if not await self._notes.remove(note_id, versions=versions):
            raise await self._notes.refusal(note_id)


async def note_service(request: Request) -> NoteService:
    """The service on what the request's statements run on."""
    return NoteService(await get_executor(request))


NoteServiceDep = Annotated[NoteService, Depends(note_service)]
