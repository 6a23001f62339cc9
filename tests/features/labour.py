"""Jobs that a person adds to a generated project, and workers of it that may be killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generated.databases import ask
from generated.projects import Project, environment, made
from generated.server import SETTINGS, Server

from generator.spec.model import Engine

SPEC = """
scaffold: 1
service: {{name: labour}}
database: {engine}
features: {{jobs: {broker}}}
resources:
  note:
    owned: true
    fields:
      title: string(1..100) index
  mark:
    fields:
      title: string(1..100) index
    access: {{read: public, write: authenticated}}
"""
ADDED = '''"""Jobs of our own, and a URL that asks for them."""

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends

from app.auth.access import PUBLIC
from app.errors import ConflictError
from app.jobs.attempts import Attempt
from app.jobs.queue import JobQueueDep
from app.resources.marks.repository import MarkRepository

router = APIRouter(prefix="/labour", dependencies=[Depends(PUBLIC)])


def note(line: str) -> None:
    """Say on the side what was begun, however it ends."""
    with Path("begun.txt").open("a") as lines:
        lines.write(f"{line}\\n")


async def mark(attempt: Attempt) -> None:
    """Leave a mark with the end of the job, a while after its beginning."""
    title = attempt.arguments["title"]
    await asyncio.to_thread(note, title)
    await asyncio.sleep(attempt.arguments["seconds"])
    async with attempt.finishing() as work:
        await MarkRepository(work.unit).add({"title": title})


async def fail(attempt: Attempt) -> None:
    """Fail as long as a file is there."""
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(note, f"{attempt.number} {loop.time()}")
    if await asyncio.to_thread(Path("broken").exists):
        raise ValueError("it is broken")
    await mark(attempt)


async def tick(attempt: Attempt) -> None:
    """Leave a mark for each time."""
    async with attempt.finishing() as work:
        await MarkRepository(work.unit).add({"title": "tick"})


@router.post("/{kind}/{first}/{count}")
async def ask(
    jobs: JobQueueDep, kind: str, first: int, count: int, seconds: float = 0.0, undo: bool = False
) -> list[str]:
    """Ask for some jobs, with a mark in the same unit of work; or undo all of it."""
    async with jobs.unit_of_work() as work:
        titles = [f"{kind} {number}" for number in range(first, first + count)]
        added = [await work.add(kind, {"title": title, "seconds": seconds}) for title in titles]
        await MarkRepository(work.unit).add({"title": f"asked for {first}"})
        if undo:
            raise ConflictError("undone")
    return [str(job_id) for job_id in added]
'''
EDITS = (
    (
        "app/jobs/kinds.py",
        "KINDS: dict[str, Kind] = {\n",
        '    "mark": Kind(labour.mark),\n    "fail": Kind(labour.fail, attempts=3),\n'
        '    "hang": Kind(labour.mark, seconds=1.0),\n    "tick": Kind(labour.tick),\n',
    ),
    ("app/jobs/kinds.py", "from app.jobs.attempts import Attempt\n", "from app import labour\n"),
    (
        "app/jobs/kinds.py",
        "SCHEDULE: list[Recurring] = [\n",
        '    Recurring("tick", every=timedelta(seconds=1)),\n',
    ),
    ("app/api.py", "from fastapi import APIRouter\n", "from app.labour import router as labour\n"),
    ("app/api.py", "ROUTERS: list[APIRouter] = [\n", "    labour,\n"),
)
"""What a person writes below a line of a file."""
QUICK = {
    "JOB_LEASE_SECONDS": "2",
    "JOBS_POLL_SECONDS": "1",
    "JOBS_RETRY_SECONDS": "0.4",
    "DATABASE_TIMEOUT_SECONDS": "10",  # a busy machine is no fault of the service's
}


def labour(engine: Engine, broker: str, folder: Path) -> Project:
    """A project with jobs of our own in it."""
    project = made("labour", engine, SPEC.format(engine=engine, broker=broker), folder)
    (project.folder / "app/labour.py").write_text(ADDED, "utf-8")
    for name, after, added in EDITS:
        path = project.folder / name
        text = path.read_text("utf-8")
        assert after in text, (name, after)
        path.write_text(text.replace(after, after + added), "utf-8")
    return project


@dataclass(slots=True)
class Crew:
    """Workers of a service, each a process of its own."""

    server: Server
    settings: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)

    def hire(self, **settings: str) -> subprocess.Popen[bytes]:
        """Start one more."""
        log = self.server.log.with_name(f"worker-{len(self.logs)}.log")
        keys = {"DATABASE_URL": self.server.database_url, "SECRET_KEY": self.server.secret_key}
        given = {**SETTINGS, **QUICK, **keys, **self.settings, **settings}
        with log.open("wb") as out:
            worker = subprocess.Popen(
                [sys.executable, "-m", "app", "worker"],
                cwd=self.server.project.folder,
                env=environment(**given),
                stdout=out,
                stderr=out,
            )
        self.running.append(worker)
        self.logs.append(log)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """End one at once, whatever it is at."""
        worker.kill()
        worker.wait()
        self.running.remove(worker)

    def dismiss(self, worker: subprocess.Popen[bytes]) -> int:
        """Ask one to end, and wait until it has: its exit status."""
        worker.send_signal(signal.SIGTERM)
        status = worker.wait(60)
        self.running.remove(worker)
        return status

    def jobs(self, where: str = "1 = 1") -> list[tuple[str, str, int, str]]:
        """Kind, state, attempts and error of jobs."""
        statement = f"SELECT kind, state, attempts, error, id, due_at FROM _jobs WHERE {where}"
        return [tuple(row) for row in ask(self.server.database_url, statement)]

    def marks(self, beginning: str) -> list[str]:
        """The titles of marks that begin so."""
        titles = [str(row[0]) for row in ask(self.server.database_url, "SELECT title FROM marks")]
        return [title for title in titles if title.startswith(beginning)]

    def begun(self) -> list[str]:
        """What was begun, as often as it was."""
        path = self.server.project.folder / "begun.txt"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def report(self) -> str:
        """What isn't done, and what the workers said."""
        unfinished = [str(row) for row in self.jobs("state <> 'succeeded'")]
        said = [f"{log.name}:\n{log.read_text('utf-8')[-6000:]}" for log in self.logs]
        return "\n".join([*unfinished, *said, self.server.log.read_text("utf-8")[-2000:]])


@contextmanager
def crew(server: Server, **settings: str) -> Iterator[Crew]:
    """Workers of a service, all of them gone at the end."""
    hired = Crew(server, settings)
    try:
        yield hired
    finally:
        for worker in list(hired.running):
            hired.kill(worker)
