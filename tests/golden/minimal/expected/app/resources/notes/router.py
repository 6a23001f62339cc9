"""The URLs of notes."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response, status

from app import etags
from app.errors import problems
from app.etags import VersionsDep
from app.idempotency.route import IdempotentRoute
from app.queries import from_query, in_query
from app.resources.notes import access
from app.resources.notes.schemas import (
    NoteCreate,
    NotePage,
    NoteQuery,
    NoteRead,
    NoteUpdate,
)
from app.resources.notes.service import NoteServiceDep
from app.routing import Router

router = Router(prefix="/notes", tags=["notes"], route_class=IdempotentRoute)


@router.get(
    "",
    dependencies=[Depends(access.LIST)],
    responses=problems(401, 403, 414, 422, 431, 500, 503),
    openapi_extra=in_query(NoteQuery),
)
async def list_notes(
    notes: NoteServiceDep, query: Annotated[NoteQuery, Depends(from_query(NoteQuery))]
) -> NotePage:
    """One page of notes, newest first unless asked otherwise."""
    return await notes.page(query)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(access.CREATE)],
    responses=problems(400, 401, 403, 408, 409, 413, 415, 422, 431, 500, 503),
)
async def create_note(
    notes: NoteServiceDep, data: NoteCreate, request: Request, response: Response
) -> NoteRead:
    """Create a note."""
    note = await notes.create(data)
    etags.tag(response, note)
    response.headers["Location"] = f"{request.url.path}/{note.id}"
    return note


@router.get(
    "/{note_id:key}",
    dependencies=[Depends(access.GET)],
    responses=problems(401, 403, 404, 422, 431, 500, 503),
)
async def get_note(notes: NoteServiceDep, note_id: UUID, response: Response) -> NoteRead:
    """A note."""
    note = await notes.get(note_id)
    etags.tag(response, note)
    return note


@router.patch(
    "/{note_id:key}",
    dependencies=[Depends(access.UPDATE)],
    responses=problems(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 431, 500, 503),
)
async def update_note(
    notes: NoteServiceDep,
    note_id: UUID,
    data: NoteUpdate,
    versions: VersionsDep,
    response: Response,
) -> NoteRead:
    """Change a note; what is left out stays, and `If-Match` guards against overwriting."""
    note = await notes.update(note_id, data, versions)
    etags.tag(response, note)
    return note


@router.delete(
    "/{note_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.DELETE)],
    responses=problems(401, 403, 404, 409, 412, 422, 431, 500, 503),
)
async def delete_note(notes: NoteServiceDep, note_id: UUID, versions: VersionsDep) -> None:
    """Delete a note."""
    await notes.delete(note_id, versions)
