"""What the tutorials show: a session for each request, entities, the user loaded, totals counted.

FastAPI and SQLAlchemy's ORM on the tables of the generated service. Good code of its kind: it is
asynchronous, finds rows by their indexes, and lets Pydantic write the answers.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.security import OAuth2PasswordBearer
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import DateTime, Numeric, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.concurrency import run_in_threadpool
from uuid_utils.compat import uuid7

KEY = os.environ["SECRET_KEY"]
PASSWORDS = PasswordHash((Argon2Hasher(),))

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
bearer = OAuth2PasswordBearer(tokenUrl="auth/login")


class Status(StrEnum):
    """How far the sale of an item is."""

    DRAFT = "draft"
    OFFERED = "offered"
    SOLD = "sold"


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """What every model extends."""

    type_annotation_map = {datetime: DateTime(timezone=True), Decimal: Numeric(10, 2)}  # noqa: RUF012


class User(Base):
    """An account."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    password_hash: Mapped[str]
    is_active: Mapped[bool]


class Item(Base):
    """An item."""

    __tablename__ = "items"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    title: Mapped[str]
    description: Mapped[str | None]
    price: Mapped[Decimal]
    quantity: Mapped[int]
    status: Mapped[str]
    shelf_id: Mapped[UUID | None]
    owner_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    version: Mapped[int] = mapped_column("_version", default=1)


class ItemCreate(BaseModel):
    """What a client sends to create an item."""

    title: str = Field(min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=65536)
    price: Decimal = Field(ge=0, max_digits=10, decimal_places=2)
    quantity: int = Field(default=0, ge=0)
    status: Status = Status.DRAFT
    shelf_id: UUID | None = None


class ItemUpdate(BaseModel):
    """What a client may change of an item."""

    title: str = Field(default="", min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=65536)
    price: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=2)
    quantity: int = Field(default=0, ge=0)
    status: Status = Status.DRAFT


class ItemRead(BaseModel):
    """An item."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    description: str | None
    price: Decimal
    quantity: int
    status: Status
    shelf_id: UUID | None
    owner_id: UUID
    created_at: datetime
    updated_at: datetime


class ItemPage(BaseModel):
    """One page of items, and how many there are."""

    items: list[ItemRead]
    total: int


class Credentials(BaseModel):
    """What someone sends to sign in."""

    email: str
    password: str


async def get_session() -> AsyncIterator[AsyncSession]:
    """A session for the request."""
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


async def get_user(session: Session, token: Annotated[str, Depends(bearer)]) -> User:
    """Who calls."""
    try:
        claims = jwt.decode(token, KEY, ["HS256"], audience="items", issuer="items")
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Could not validate credentials") from None
    user = await session.get(User, UUID(claims["sub"]))
    if user is None or not user.is_active:
        raise HTTPException(401, "Could not validate credentials")
    return user


CurrentUser = Annotated[User, Depends(get_user)]


async def get_own(session: Session, user: CurrentUser, item_id: UUID) -> Item:
    """An item of the caller's."""
    item = await session.get(Item, item_id)
    if item is None or item.owner_id != user.id:
        raise HTTPException(404, "Item not found")
    return item


OwnItem = Annotated[Item, Depends(get_own)]


class Paging(BaseModel):
    """Which items a list shows."""

    page: int = Field(default=1, ge=1)
    limit: int = Field(default=20, ge=1, le=100)
    status: Status | None = None
    price__gte: Decimal | None = None
    sort: str = "-created_at"


async def page(session: AsyncSession, wanted: Select[Item], query: Paging) -> ItemPage:
    """One page of some items."""
    if query.status is not None:
        wanted = wanted.where(Item.status == query.status)
    if query.price__gte is not None:
        wanted = wanted.where(Item.price >= query.price__gte)
    total = await session.scalar(select(func.count()).select_from(wanted.subquery()))
    order = [Item.price, Item.id] if query.sort == "price" else [Item.created_at.desc()]
    rows = wanted.order_by(*order).offset((query.page - 1) * query.limit).limit(query.limit)
    items = [ItemRead.model_validate(item) for item in await session.scalars(rows)]
    return ItemPage(items=items, total=total or 0)


router = APIRouter(prefix="/api/v1")


@router.get("/items")
async def list_items(
    session: Session, user: CurrentUser, query: Annotated[Paging, Query()]
) -> ItemPage:
    """One page of the caller's items."""
    return await page(session, select(Item).where(Item.owner_id == user.id), query)


@router.get("/shelves/{shelf_id}/items")
async def list_on_shelf(
    session: Session, user: CurrentUser, shelf_id: UUID, query: Annotated[Paging, Query()]
) -> ItemPage:
    """One page of the caller's items on a shelf."""
    wanted = select(Item).where(Item.owner_id == user.id, Item.shelf_id == shelf_id)
    return await page(session, wanted, query)


@router.get("/items/{item_id}")
async def get_item(item: OwnItem) -> ItemRead:
    """An item."""
    return ItemRead.model_validate(item)


@router.post("/items", status_code=201)
async def create_item(
    session: Session, user: CurrentUser, data: ItemCreate, request: Request, response: Response
) -> ItemRead:
    """Create an item."""
    item = Item(**data.model_dump(), owner_id=user.id)
    session.add(item)
    await session.commit()
    await session.refresh(item)
    response.headers["Location"] = f"{request.url.path}/{item.id}"
    return ItemRead.model_validate(item)


@router.patch("/items/{item_id}")
async def update_item(session: Session, item: OwnItem, data: ItemUpdate) -> ItemRead:
    """Change an item."""
    for name, value in data.model_dump(exclude_unset=True).items():
        setattr(item, name, value)
    item.version += 1
    await session.commit()
    await session.refresh(item)
    return ItemRead.model_validate(item)


@router.delete("/items/{item_id}", status_code=204)
async def delete_item(session: Session, item: OwnItem) -> None:
    """Delete an item."""
    await session.delete(item)
    await session.commit()


@router.post("/auth/login")
async def log_in(session: Session, data: Credentials) -> dict[str, str]:
    """A token for whoever knows the password."""
    user = await session.scalar(select(User).where(User.email == data.email))
    verify = PASSWORDS.verify
    if user is None or not await run_in_threadpool(verify, data.password, user.password_hash):
        raise HTTPException(401, "Incorrect email or password")
    ends = now() + timedelta(hours=1)
    claims = {"iss": "items", "aud": "items", "sub": str(user.id), "exp": ends}
    return {"access_token": jwt.encode(claims, KEY, "HS256")}


app = FastAPI()
app.include_router(router)


@app.get("/health/live")
async def live() -> None:
    """That it answers at all."""
