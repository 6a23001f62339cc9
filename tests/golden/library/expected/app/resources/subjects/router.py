"""The URLs of subjects."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response, status

from app import etags
from app.errors import problems
from app.etags import VersionsDep
from app.idempotency.route import IdempotentRoute
from app.queries import from_query, in_query
from app.resources.subjects import access
from app.resources.subjects.schemas import (
    SubjectCreate,
    SubjectPage,
    SubjectQuery,
    SubjectRead,
    SubjectUpdate,
)
from app.resources.subjects.service import SubjectServiceDep
from app.resources.works import access as works_access
from app.resources.works.schemas import WorkPage, WorkQuery
from app.routing import Router

router = Router(prefix="/subjects", tags=["subjects"], route_class=IdempotentRoute)


@router.get(
    "",
    dependencies=[Depends(access.LIST)],
    responses=problems(414, 422, 431, 500, 503),
    openapi_extra=in_query(SubjectQuery),
)
async def list_subjects(
    subjects: SubjectServiceDep, query: Annotated[SubjectQuery, Depends(from_query(SubjectQuery))]
) -> SubjectPage:
    """One page of subjects, newest first unless asked otherwise."""
    return await subjects.page(query)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(access.CREATE)],
    responses=problems(400, 401, 403, 408, 409, 413, 415, 422, 431, 500, 503),
)
async def create_subject(
    subjects: SubjectServiceDep, data: SubjectCreate, request: Request, response: Response
) -> SubjectRead:
    """Create a subject."""
    subject = await subjects.create(data)
    etags.tag(response, subject)
    response.headers["Location"] = f"{request.url.path}/{subject.id}"
    return subject


@router.get(
    "/{subject_id:key}",
    dependencies=[Depends(access.GET)],
    responses=problems(404, 422, 431, 500, 503),
)
async def get_subject(
    subjects: SubjectServiceDep, subject_id: UUID, response: Response
) -> SubjectRead:
    """A subject."""
    subject = await subjects.get(subject_id)
    etags.tag(response, subject)
    return subject


@router.patch(
    "/{subject_id:key}",
    dependencies=[Depends(access.UPDATE)],
    responses=problems(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 431, 500, 503),
)
async def update_subject(
    subjects: SubjectServiceDep,
    subject_id: UUID,
    data: SubjectUpdate,
    versions: VersionsDep,
    response: Response,
) -> SubjectRead:
    """Change a subject; what is left out stays, and `If-Match` guards against overwriting."""
    subject = await subjects.update(subject_id, data, versions)
    etags.tag(response, subject)
    return subject


@router.delete(
    "/{subject_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.DELETE)],
    responses=problems(401, 403, 404, 409, 412, 422, 431, 500, 503),
)
async def delete_subject(
    subjects: SubjectServiceDep, subject_id: UUID, versions: VersionsDep
) -> None:
    """Delete a subject."""
    await subjects.delete(subject_id, versions)


@router.get(
    "/{subject_id:key}/works",
    dependencies=[Depends(access.GET), Depends(works_access.LIST)],
    responses=problems(404, 414, 422, 431, 500, 503),
    openapi_extra=in_query(WorkQuery),
)
async def list_works_of_subject(
    subjects: SubjectServiceDep,
    subject_id: UUID,
    query: Annotated[WorkQuery, Depends(from_query(WorkQuery))],
) -> WorkPage:
    """One page of the works of a subject."""
    return await subjects.list_works(subject_id, query)


@router.put(
    "/{subject_id:key}/works/{work_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.UPDATE)],
    responses=problems(401, 403, 404, 412, 422, 431, 500, 503),
)
async def link_works_of_subject(
    subjects: SubjectServiceDep, subject_id: UUID, work_id: UUID, versions: VersionsDep
) -> None:
    """Link a work to a subject; linking twice is linking once."""
    await subjects.link_works(subject_id, work_id, versions)


@router.delete(
    "/{subject_id:key}/works/{work_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.UPDATE)],
    responses=problems(401, 403, 404, 412, 422, 431, 500, 503),
)
async def unlink_works_of_subject(
    subjects: SubjectServiceDep, subject_id: UUID, work_id: UUID, versions: VersionsDep
) -> None:
    """Unlink a work from a subject."""
    await subjects.unlink_works(subject_id, work_id, versions)
