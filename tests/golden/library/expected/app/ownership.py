"""What repositories can do whose rows have owners.

`owner` narrows a statement to the rows of that one user, inside the query: there is no moment at
which somebody else's row is held.
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam

from app.backends.base import names
from app.constraints import MISSING
from app.database import Row
from app.errors import (
    ApplicationError,
    ConflictError,
    FieldProblem,
    ForbiddenError,
    UnauthenticatedError,
)
from app.etags import Versions
from app.pagination import Paging, RowPage
from app.parts import WHOLE, Within, having
from app.repository import Repository

OWNER = "__owner_"
"""Stands for the owner's id, beside whatever else is asked of the same column."""


class OwnedRepository(Repository):
    """The rows of one table, each of which belongs to a user.

    A subclass names the attribute that holds the `owner`. Every method takes the id of one, and
    None for everybody's rows.
    """

    owner: ClassVar[str]
    _get_owned: ClassVar[Select[Any]]

    def __init_subclass__(cls) -> None:
        """Build the statement that never changes, for whoever names a model."""
        super().__init_subclass__()
        if "model" in vars(cls):
            cls._get_owned = cls._get.where(cls.table.c[cls.owner] == bindparam("owner_"))

    async def get(self, row_id: object, *, owner: UUID | None = None) -> Row | None:
        """The row, unless there is none or it is not the owner's."""
        if owner is None:
            return await super().get(row_id)
        return await self._executor.one(self._get_owned, {"row_": row_id, "owner_": owner})

    async def first(self, within: Within, *, owner: UUID | None = None) -> Row | None:
        """A row of a part of the table."""
        return await super().first(self._owned_part(within, owner))

    async def page(
        self, query: Paging, within: Within = WHOLE, *, owner: UUID | None = None
    ) -> RowPage:
        """The rows of one page of a list. Raises `InvalidInputError` for a bad cursor."""
        return await super().page(query, self._owned_part(within, owner))

    async def add_own(self, values: Mapping[str, Any], *, owner: UUID) -> Row:
        """A new row of the owner's. Raises as `add` does, and `UnauthenticatedError` where that
        account is gone: a token outlives the one that it names.
        """
        try:
            return await self.add({**values, self.owner: owner})
        except ConflictError as error:
            if any(self._is_missing_owner(problem) for problem in error.errors):
                raise UnauthenticatedError("The account is no longer active.") from error
            raise

    async def change(
        self,
        row_id: object,
        values: Mapping[str, Any],
        *,
        owner: UUID | None = None,
        versions: Versions = None,
    ) -> Row | None:
        """The changed row; None where there is none of the owner's at one of the versions."""
        return await self._change(self._owned_row(row_id, owner, versions), row_id, values)

    async def remove(
        self, row_id: object, *, owner: UUID | None = None, versions: Versions = None
    ) -> bool:
        """Whether there was such a row, the owner's and at one of the versions, and it is gone."""
        return await self._remove(self._owned_row(row_id, owner, versions), row_id)

    async def refusal(
        self, row_id: object, *, seen_by: UUID | None = None, owner: UUID | None = None
    ) -> ApplicationError:
        """Why a write of `owner` found no row, as far as a reader who sees no more may know."""
        row = await self.get(row_id, owner=seen_by)
        if row is not None and owner is not None and row[self.owner] != owner:
            return ForbiddenError("This belongs to somebody else.")
        return self.not_found() if row is None else self.stale()

    def _is_missing_owner(self, problem: FieldProblem) -> bool:
        """Whether this is what is wrong: there is no account any more to own the row."""
        (name,) = names([self.table.c[self.owner]])
        return problem.code == MISSING and problem.pointer == f"/{name}"

    def _owned_part(self, within: Within, owner: UUID | None) -> Within:
        if owner is None:
            return within
        return within & having(self.table.c[self.owner], owner, OWNER)

    def _owned_row(
        self, row_id: object, owner: UUID | None, versions: Versions
    ) -> list[ColumnElement[bool]]:
        where = self._one_row(row_id, versions)
        return where if owner is None else [*where, self.table.c[self.owner] == owner]
