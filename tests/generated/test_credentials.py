"""What passwords and tokens are good for, when many come at once or their account is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx2

from generated.projects import Project, each_bookstore, each_sample
from generated.server import PASSWORD, Server, admin, serve

AT_ONCE = 12
UNKNOWN = "01a20000-0000-7000-8000-000000000000"
SLOW = {"PASSWORD_MEMORY_KIB": "131072", "PASSWORD_PASSES": "2"}
ONE_WAITS = {"PASSWORD_THREADS": "1", "PASSWORD_QUEUE": "1"}


@each_bookstore()
def test_a_token_is_worth_nothing_without_its_account(
    server: Server, admin_token: str, user_token: str
) -> None:
    with server.connect(admin_token) as admin, server.connect(user_token) as user:
        author = admin.post("/authors", json={"name": "Ursula"}).json()["id"]
        isbn = str(uuid4().int)[:13]
        book = {"title": isbn, "isbn": isbn, "price": "1.00", "author_id": author}
        review = {
            "rating": 5,
            "body": "Good.",
            "book_id": admin.post("/books", json=book).json()["id"],
        }
        admin.delete(f"/users/{user.get('/users/me').json()['id']}")
        for headers in ({}, {"Idempotency-Key": uuid4().hex}):
            answer = user.post("/reviews", json=review, headers=headers)
            assert answer.status_code == 401, answer.text
            assert "Bearer" in answer.headers["www-authenticate"].split(", ")


@each_bookstore()
def test_more_logins_than_may_wait_are_told_to_come_back(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url, **SLOW, **ONE_WAITS) as server, server.connect() as client:

        def log_in(_: int) -> httpx2.Response:
            body = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
            return client.post("/auth/login", json=body)

        with ThreadPoolExecutor(AT_ONCE) as threads:
            answers = list(threads.map(log_in, range(AT_ONCE)))
    assert {answer.status_code for answer in answers} == {401, 503}
    refused = [answer for answer in answers if answer.status_code == 503]
    assert {answer.json()["code"] for answer in refused} == {"overloaded"}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)


@each_sample(quick=(), proof=(("everything", "sqlite"),))
def test_no_password_is_hashed_for_a_row_that_is_not_there(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url, **SLOW, **ONE_WAITS) as server:
        token = admin(server)
        with server.connect(token) as client, ThreadPoolExecutor(AT_ONCE) as threads:

            def change(_: int) -> int:
                body = {"a_password": PASSWORD}
                return client.patch(f"/specimen/{UNKNOWN}", json=body).status_code

            assert set(threads.map(change, range(AT_ONCE))) == {404}
