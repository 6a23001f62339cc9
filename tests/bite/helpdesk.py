"""The help desk: roles, rows that others can't see, numbered pages and camel case."""

from __future__ import annotations

from bite.breakage import Breakage, route

TICKETS, ATTACHMENTS = "app/resources/tickets", "app/resources/attachments"
PROFILES = "app/resources/agent_profiles"
BY_TICKETS, BY_ATTACHMENTS = ("test_tickets",), ("test_attachments",)

CAMEL = (
    Breakage(
        "requests are in snake case",
        "app/schemas.py",
        r"(class Schema.*?)alias_generator=camel_case, ",
        r"\1",
        near=BY_TICKETS,
    ),
    Breakage(
        "problems are in snake case",
        "app/backends/base.py",
        r"camel_case\(column\.key\.rstrip\(\"_\"\)\) for",
        "column.key.rstrip('_') for",
        near=BY_TICKETS,
    ),
    Breakage("the digit after an underscore is lost", "app/names.py", r"\(\[a-z0-9\]\)", "([a-z])"),
)
NUMBERED = (
    Breakage(
        "every page is the first",
        "app/pagination.py",
        r"OFFSET: \(query\.page - 1\)",
        "OFFSET: 0",
        near=("pagination", "resources"),
    ),
    Breakage(
        "pages are counted from nought",
        "app/pagination.py",
        r"\(query\.page - 1\) \* query\.size",
        "query.page * query.size",
        near=("pagination", "resources"),
    ),
    Breakage(
        "the total is that of the page",
        "app/pagination.py",
        r"await count\(executor, listing\)\)",
        "len(rows))",
        near=("pagination", "resources"),
    ),
    Breakage(
        "a page may be as long as one likes",
        "app/pagination.py",
        r"size: Annotated\[int, Field\(ge=1, le=50\)\]",
        "size: Annotated[int, Field(ge=1)]",
        near=("pagination", "resources"),
    ),
    Breakage(
        "a page may be behind every offset",
        "app/pagination.py",
        r"Field\(ge=1, le=MAX_PAGE\)",
        "Field(ge=1)",
        near=("pagination", "resources"),
    ),
)
VISIBILITY = (
    Breakage(
        "a row is read whoever owns it",
        "app/ownership.py",
        r"cls\._get_owned = cls\._get\.where\([^\n]*\)",
        "cls._get_owned = cls._get",
        near=("test_tickets",),
    ),
    Breakage(
        "tickets are listed whoever asked",
        f"{TICKETS}/service.py",
        r"self\._tickets\.page\(query, owner=access\.LIST\.owner\(caller\)\)",
        "self._tickets.page(query)",
    ),
    Breakage(
        "a ticket is read whoever asked",
        f"{TICKETS}/service.py",
        r"self\._tickets\.get\(ticket_id, owner=access\.GET\.owner\(caller\)\)",
        "self._tickets.get(ticket_id)",
    ),
    Breakage(
        "another's ticket is told to be there",
        f"{TICKETS}/service.py",
        r"seen_by=access\.GET\.seen_by\(caller\), owner=access\.UPDATE",
        "owner=access.UPDATE",
    ),
    Breakage(
        "one may point at a ticket that one can't see",
        f"{TICKETS}/service.py",
        r"if ticket_id is None or owner is None:",
        "if ticket_id != owner:",
    ),
    Breakage(
        "an attachment may go to a ticket that one can't see",
        f"{ATTACHMENTS}/service.py",
        r"if ticket_id is None or owner is None:",
        "if ticket_id != owner:",
    ),
    Breakage(
        "attachments are listed with the ticket whoever owns them",
        f"{TICKETS}/service.py",
        r"query, within, owner=attachments_access\.LIST\.owner\(caller\)",
        "query, within",
        near=("test_tickets", "test_attachments"),
    ),
    Breakage(
        "a list within a ticket shows tickets that one can't see",
        f"{TICKETS}/service.py",
        r"(async def list_duplicates.*?page\(query, within), owner=access\.LIST\.owner\(caller\)\)",
        r"\1)",
    ),
)
ROLES = (
    Breakage(
        "a ticket is deleted by agents",
        f"{TICKETS}/access.py",
        r'DELETE = allow\("admin"\)',
        'DELETE = allow("agent", "admin")',
        near=BY_TICKETS,
    ),
    Breakage(
        "supervisors don't see tickets",
        f"{TICKETS}/access.py",
        r'GET = allow\(OWNER, "agent", "supervisor", "admin"\)',
        'GET = allow(OWNER, "agent", "admin")',
        near=BY_TICKETS,
    ),
    Breakage(
        "profiles are made by agents",
        f"{PROFILES}/access.py",
        r'CREATE = allow\("supervisor", "admin"\)',
        'CREATE = allow("agent", "supervisor", "admin")',
        near=("test_agent_profiles",),
    ),
    Breakage(
        "the comments of a ticket are listed by its owner",
        f"{TICKETS}/router.py",
        r"(/comments\".*?dependencies=\[)Depends\(comments_access\.LIST\)",
        r"\1",
        near=("test_tickets", "test_comments"),
    ),
)
FIELDS = (
    Breakage(
        "the source of a ticket is changed",
        f"{TICKETS}/schemas.py",
        r"source_ip: Immutable = MISSING",
        "source_ip: SourceIp | MISSING | None = MISSING",
    ),
    Breakage(
        "where an attachment lies is shown",
        f"{ATTACHMENTS}/schemas.py",
        r"(class AttachmentRead.*?    sha256: str\n)",
        r"\1    location: str | None\n",
    ),
    Breakage(
        "a check between fields is not in the database",
        f"{TICKETS}/model.py",
        r"        CheckConstraint\(\n            first_answer_at <= due_at,.*?\n        \),\n",
        near=BY_TICKETS,
    ),
    Breakage(
        "a priority may be any word",
        f"{TICKETS}/schemas.py",
        r"    priority: Priority = Priority\.NORMAL\n",
        '    priority: Text = "normal"\n',
    ),
    Breakage(
        "an address may be any text",
        f"{TICKETS}/schemas.py",
        r"SourceIp = Annotated\[IpAddress, Field\(max_length=45\)\]",
        "SourceIp = Annotated[Text, Field(max_length=45)]",
    ),
    Breakage(
        "an account may have two profiles",
        f"{PROFILES}/model.py",
        r"(account_id: .*?)unique=True",
        r"\1index=True",
        near=("test_agent_profiles",),
    ),
    route(
        f"{PROFILES}/router.py",
        "get",
        "/{agent_profile_id:key}/workload",
        "the one workload of a profile is not to be had",
    ),
)
HELPDESK = {
    "camel case": CAMEL,
    "numbered pages": NUMBERED,
    "visibility": VISIBILITY,
    "roles": ROLES,
    "fields": FIELDS,
}
