"""Every operation, as nobody, as every role and as the neighbour: the spec says who gets in."""

from __future__ import annotations

from typing import Any

from generated.server import Server, sign_up

from security.accounts import roles, token_of
from security.operations import UNKNOWN, Operation, operations, told
from security.rows import Desk, desk, file
from security.rules import admits, rules
from security.samples import each_helpdesk, each_service

LET_IN = {200, 404, 422}
"""The answers to whoever was let in, and asked for no row that there is or sent an empty object."""
OWNED = {"ticket_id", "comment_id", "attachment_id"}


@each_service()
def test_each_role_gets_in_where_the_spec_says_and_nowhere_else(server: Server) -> None:
    wrong = []
    for role in roles(server.project):
        with server.connect(token_of(server, role)) as client:
            for operation in operations(server):
                status = operation.send(client).status_code
                if status not in expected(server, operation, role):
                    wrong.append((str(operation), role, status))
    assert wrong == []


def expected(server: Server, operation: Operation, role: str | None) -> set[int]:
    """The statuses that a caller of a role may be told."""
    if all(admits(rule, role) for rule in rules(server.project, operation)):
        return LET_IN
    return {401 if role is None else 403}


def of_owned_rows(server: Server) -> list[Operation]:
    """The operations on a row that belongs to somebody, named first or last."""
    return [one for one in operations(server) if OWNED & set(one.ids)]


@each_helpdesk()
def test_a_neighbours_row_looks_as_if_there_were_none(server: Server) -> None:
    theirs = desk(server)
    lost = {**theirs.ids, **dict.fromkeys(OWNED, UNKNOWN)}
    with server.connect(sign_up(server)) as neighbour:
        for operation in of_owned_rows(server):
            with_one, with_none = (
                told(operation.send(neighbour, ids)) for ids in (theirs.ids, lost)
            )
            assert with_one == with_none, str(operation)
            assert with_one[0] in {403, 404}, str(operation)


@each_helpdesk()
def test_a_neighbour_changes_and_deletes_nothing(server: Server) -> None:
    theirs = desk(server)
    before = seen(server, theirs)
    changes = {"ticket_id": {"subject": "Stolen"}, "comment_id": {"body": "Stolen"}}
    with server.connect(sign_up(server)) as neighbour:
        for operation in of_owned_rows(server):
            name = operation.ids[0]
            rest = {"json": changes[name]} if operation.takes_body else {}
            for headers in ({}, {"If-Match": "*"}, {"If-Match": '"1"'}):
                answer = operation.send(neighbour, theirs.ids, headers=headers, **rest)
                assert answer.status_code in {403, 404}, str(operation)
    assert seen(server, theirs) == before


def seen(server: Server, rows: Desk) -> list[Any]:
    """The rows as they are, and what is linked to the ticket."""
    ticket = f"/tickets/{rows.ids['ticket_id']}"
    paths = [ticket, f"{ticket}/tags", f"{ticket}/comments", f"{ticket}/attachments"]
    with server.connect(token_of(server, "admin")) as staff:
        return [told(staff.get(path)) for path in paths]


@each_helpdesk()
def test_a_neighbour_lists_nothing_and_counts_nothing(server: Server) -> None:
    theirs = desk(server)
    with server.connect(theirs.owner) as owner, server.connect(sign_up(server)) as neighbour:
        requester = owner.get("/users/me").json()["id"]
        paths = ["/tickets", f"/tickets?requesterId={requester}", "/tickets?sort=-createdAt"]
        paths += ["/attachments", f"/departments/{theirs.ids['department_id']}/tickets"]
        for path in paths:
            assert owner.get(path).json()["total"] == 1, path
            page = neighbour.get(path).json()
            assert (page["items"], page["total"]) == ([], 0), path


@each_helpdesk()
def test_a_neighbour_attaches_nothing(server: Server) -> None:
    theirs = desk(server)
    department, ticket = theirs.ids["department_id"], theirs.ids["ticket_id"]
    own = {"subject": "Own", "body": "Help!", "departmentId": department}
    with server.connect(sign_up(server)) as neighbour:
        mine = neighbour.post("/tickets", json=own).json()["id"]
        for id_ in (ticket, UNKNOWN):
            answers = [
                neighbour.post("/comments", json={"body": "Mine.", "ticketId": id_}),
                neighbour.post("/attachments", json={**file(), "ticketId": id_}),
                neighbour.post("/tickets", json={**own, "duplicateOfId": id_}),
                neighbour.patch(f"/tickets/{mine}", json={"duplicateOfId": id_}),
                neighbour.put(f"/tickets/{mine}/related/{id_}"),
            ]
            assert [one.status_code for one in answers] == [409, 409, 409, 409, 404], id_
        assert neighbour.get(f"/tickets/{mine}/related").json()["total"] == 0


@each_helpdesk()
def test_an_owner_reaches_each_row_of_their_own(server: Server) -> None:
    rows = desk(server)
    with server.connect(rows.owner) as owner:
        for name in ("tickets/{ticket_id}", "attachments/{attachment_id}"):
            assert owner.get("/" + name.format(**rows.ids)).status_code == 200
        changed = owner.patch(f"/comments/{rows.ids['comment_id']}", json={"body": "Still mine."})
        assert changed.status_code == 200
