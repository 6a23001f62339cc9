"""The URLs of works."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response, status

from app import etags
from app.auth.access import Caller
from app.errors import problems
from app.etags import VersionsDep
from app.idempotency.route import IdempotentRoute
from app.queries import from_query, in_query
from app.resources.loans import access as loans_access
from app.resources.loans.schemas import LoanPage, LoanQuery
from app.resources.subjects import access as subjects_access
from app.resources.subjects.schemas import SubjectPage, SubjectQuery
from app.resources.works import access
from app.resources.works.schemas import (
    WorkCreate,
    WorkPage,
    WorkQuery,
    WorkRead,
    WorkUpdate,
)
from app.resources.works.service import WorkServiceDep
from app.routing import Router

router = Router(prefix="/works", tags=["works"], route_class=IdempotentRoute)


@router.get(
    "",
    dependencies=[Depends(access.LIST)],
    responses=problems(414, 422, 431, 500, 503),
    openapi_extra=in_query(WorkQuery),
)
async def list_works(
    works: WorkServiceDep, query: Annotated[WorkQuery, Depends(from_query(WorkQuery))]
) -> WorkPage:
    """One page of works, newest first unless asked otherwise."""
    return await works.page(query)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(access.CREATE)],
    responses=problems(400, 401, 403, 408, 409, 413, 415, 422, 431, 500, 503),
)
async def create_work(
    works: WorkServiceDep, data: WorkCreate, request: Request, response: Response
) -> WorkRead:
    """Create a work."""
    work = await works.create(data)
    etags.tag(response, work)
    response.headers["Location"] = f"{request.url.path}/{work.id}"
    return work


@router.get(
    "/{work_id:key}",
    dependencies=[Depends(access.GET)],
    responses=problems(404, 422, 431, 500, 503),
)
async def get_work(works: WorkServiceDep, work_id: UUID, response: Response) -> WorkRead:
    """A work."""
    work = await works.get(work_id)
    etags.tag(response, work)
    return work


@router.patch(
    "/{work_id:key}",
    dependencies=[Depends(access.UPDATE)],
    responses=problems(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 431, 500, 503),
)
async def update_work(
    works: WorkServiceDep,
    work_id: UUID,
    data: WorkUpdate,
    versions: VersionsDep,
    response: Response,
) -> WorkRead:
    """Change a work; what is left out stays, and `If-Match` guards against overwriting."""
    work = await works.update(work_id, data, versions)
    etags.tag(response, work)
    return work


@router.delete(
    "/{work_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.DELETE)],
    responses=problems(401, 403, 404, 409, 412, 422, 431, 500, 503),
)
async def delete_work(works: WorkServiceDep, work_id: UUID, versions: VersionsDep) -> None:
    """Delete a work."""
    await works.delete(work_id, versions)


@router.get(
    "/{work_id:key}/subjects",
    dependencies=[Depends(access.GET), Depends(subjects_access.LIST)],
    responses=problems(404, 414, 422, 431, 500, 503),
    openapi_extra=in_query(SubjectQuery),
)
async def list_subjects_of_work(
    works: WorkServiceDep,
    work_id: UUID,
    query: Annotated[SubjectQuery, Depends(from_query(SubjectQuery))],
) -> SubjectPage:
    """One page of the subjects of a work."""
    return await works.list_subjects(work_id, query)


@router.get(
    "/{work_id:key}/loans",
    dependencies=[Depends(access.GET)],
    responses=problems(401, 403, 404, 414, 422, 431, 500, 503),
    openapi_extra=in_query(LoanQuery),
)
async def list_loans_of_work(
    works: WorkServiceDep,
    caller: Annotated[Caller, Depends(loans_access.LIST)],
    work_id: UUID,
    query: Annotated[LoanQuery, Depends(from_query(LoanQuery))],
) -> LoanPage:
    """One page of the loans of a work."""
    return await works.list_loans(caller, work_id, query)


@router.get(
    "/{work_id:key}/sequels",
    dependencies=[Depends(access.GET), Depends(access.LIST)],
    responses=problems(404, 414, 422, 431, 500, 503),
    openapi_extra=in_query(WorkQuery),
)
async def list_sequels_of_work(
    works: WorkServiceDep,
    work_id: UUID,
    query: Annotated[WorkQuery, Depends(from_query(WorkQuery))],
) -> WorkPage:
    """One page of the sequels of a work."""
    return await works.list_sequels(work_id, query)


@router.put(
    "/{work_id:key}/subjects/{subject_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.UPDATE)],
    responses=problems(401, 403, 404, 412, 422, 431, 500, 503),
)
async def link_subjects_of_work(
    works: WorkServiceDep, work_id: UUID, subject_id: UUID, versions: VersionsDep
) -> None:
    """Link a subject to a work; linking twice is linking once."""
    await works.link_subjects(work_id, subject_id, versions)


@router.delete(
    "/{work_id:key}/subjects/{subject_id:key}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(access.UPDATE)],
    responses=problems(401, 403, 404, 412, 422, 431, 500, 503),
)
async def unlink_subjects_of_work(
    works: WorkServiceDep, work_id: UUID, subject_id: UUID, versions: VersionsDep
) -> None:
    """Unlink a subject from a work."""
    await works.unlink_subjects(work_id, subject_id, versions)
