"""Rows of a help desk that belong to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import httpx2
from generated.server import Server, sign_up

from security.accounts import token_of


@dataclass(frozen=True, slots=True)
class Desk:
    """A ticket with a comment and an attachment, all of one user, whose token is `owner`."""

    owner: str
    ids: dict[str, str]
    """By the name that they have in paths."""


def desk(server: Server) -> Desk:
    """New rows of a new user."""
    owner = sign_up(server)
    with server.connect(token_of(server, "admin")) as staff, server.connect(owner) as client:
        department = made(staff, "/departments", name=uuid4().hex)
        tag = made(staff, "/tags", name=f"t-{uuid4().hex}")
        ticket = made(client, "/tickets", subject="Mine", body="Help!", departmentId=department)
        comment = made(client, "/comments", body="Mine.", ticketId=ticket)
        attachment = made(client, "/attachments", **file(), ticketId=ticket)
    ids = {"ticket_id": ticket, "comment_id": comment, "attachment_id": attachment}
    return Desk(owner, {**ids, "department_id": department, "tag_id": tag})


def file() -> dict[str, object]:
    """What a client says of a file."""
    return {
        "fileName": "mine.txt",
        "mediaType": "text/plain",
        "sizeBytes": 1,
        "sha256": uuid4().hex * 2,
        "location": "https://files.example.com/the-location",
    }


def made(client: httpx2.Client, path: str, **values: object) -> str:
    """The id of a new row."""
    answer = client.post(path, json=values)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_
