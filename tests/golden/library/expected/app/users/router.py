"""The URLs of accounts: one's own, and for admins all."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from app import etags
from app.auth.access import Caller
from app.errors import problems
from app.etags import VersionsDep
from app.queries import from_query, in_query
from app.routing import Router
from app.users import access
from app.users.schemas import ProfileUpdate, UserPage, UserQuery, UserRead, UserUpdate
from app.users.service import UserServiceDep

OwnDep = Annotated[Caller, Depends(access.OWN)]
UpdateDep = Annotated[Caller, Depends(access.UPDATE)]
DeleteDep = Annotated[Caller, Depends(access.DELETE)]

router = Router(prefix="/users", tags=["users"], responses=problems(401, 422, 431, 500, 503))


@router.get("/me")
async def get_me(users: UserServiceDep, caller: OwnDep, response: Response) -> UserRead:
    """Your own account."""
    user = await users.get_own(caller.id)
    etags.tag(response, user)
    return user


@router.patch("/me", responses=problems(400, 408, 412, 413, 415))
async def update_me(
    users: UserServiceDep,
    caller: OwnDep,
    data: ProfileUpdate,
    versions: VersionsDep,
    response: Response,
) -> UserRead:
    """Change your own account; what is left out stays."""
    user = await users.update_own(caller, data, versions)
    etags.tag(response, user)
    return user


@router.get(
    "",
    dependencies=[Depends(access.LIST)],
    responses=problems(403, 414),
    openapi_extra=in_query(UserQuery),
)
async def list_users(
    users: UserServiceDep, query: Annotated[UserQuery, Depends(from_query(UserQuery))]
) -> UserPage:
    """One page of users, newest first unless asked otherwise."""
    return await users.page(query)


@router.get("/{user_id:uuid}", dependencies=[Depends(access.GET)], responses=problems(403, 404))
async def get_user(users: UserServiceDep, user_id: UUID, response: Response) -> UserRead:
    """A user."""
    user = await users.get(user_id)
    etags.tag(response, user)
    return user


@router.patch(
    "/{user_id:uuid}",
    responses=problems(400, 403, 404, 408, 409, 412, 413, 415),
)
async def update_user(
    users: UserServiceDep,
    caller: UpdateDep,
    user_id: UUID,
    data: UserUpdate,
    versions: VersionsDep,
    response: Response,
) -> UserRead:
    """Change what a user may do; they have to sign in again."""
    user = await users.update(caller, user_id, data, versions)
    etags.tag(response, user)
    return user


@router.delete(
    "/{user_id:uuid}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404, 409, 412),
)
async def delete_user(
    users: UserServiceDep, caller: DeleteDep, user_id: UUID, versions: VersionsDep
) -> None:
    """Delete a user to whom nothing belongs; to keep what does, deactivate them instead."""
    await users.delete(caller, user_id, versions)
