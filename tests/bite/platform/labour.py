"""Jobs, and the exports that are made by some."""

from __future__ import annotations

from bite.breakage import Breakage

ATTEMPTS, LIMITS = "app/jobs/attempts.py", "app/jobs/limits.py"
OUTCOMES, REPOSITORY = "app/jobs/outcomes.py", "app/jobs/repository.py"
QUEUE, SCHEDULE, WORKER = "app/jobs/queue.py", "app/jobs/schedule.py", "app/jobs/worker.py"
SERVICE = "app/exports/service.py"


def worked(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of jobs, which their tests should notice."""
    return Breakage(what, path, found, instead, near=("tests/jobs/",))


def exported(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of exports, which their tests should notice."""
    return Breakage(what, path, found, instead, near=("tests/exports/",))


JOBS = (
    worked(
        "what is undone is announced",
        QUEUE,
        r"            yield work\n        self",
        "            try:\n                yield work\n            finally:\n"
        "                self.announce(*work.added)\n        self",
    ),
    worked("nothing is announced", QUEUE, r"self\._announcer\.announce\(job_id\)", "pass"),
    worked(
        "jobs are begun before they are due",
        REPOSITORY,
        r"\.where\(columns\.due_at <= utc_now\(\)\)",
        ".where(columns.due_at.is_not(None))",
    ),
    worked(
        "a lease is nobody's in particular",
        REPOSITORY,
        r"columns\.id == job_id, columns\.lease == lease",
        "columns.id == job_id",
    ),
    worked("a lease has no end", WORKER, r"seconds=self\._settings\.job_lease_seconds", "days=1"),
    worked("a lease is not renewed", LIMITS, r"await attempt\.renew\([^\n]*", "True"),
    worked("an attempt has no limit", LIMITS, r"\{task\}, timeout=seconds", "{task}"),
    worked("who does not listen is waited for", LIMITS, r", timeout=GRACE_SECONDS"),
    worked(
        "what is written and the end are two",
        ATTEMPTS,
        r"JobRepository\(work\.unit\)",
        "JobRepository(self.database)",
    ),
    worked("attempts have no end", OUTCOMES, r" or attempt\.number >= most"),
    worked("who gives up is asked again", OUTCOMES, r"isinstance\(error, GiveUpError\) or "),
    worked(
        "one that kills its workers goes on",
        OUTCOMES,
        r"if attempt\.number > kind\.attempts",
        "if False",
    ),
    worked("there is no wait", OUTCOMES, r"utc_now\(\) \+ timedelta\(seconds=wait\)", "utc_now()"),
    worked("waits don't grow", "app/jobs/backoff.py", r" \* FACTOR \*\* \(attempts - 1\)"),
    worked(
        "waits don't differ", "app/jobs/backoff.py", r"chance\.uniform\(whole / 2, whole\)", "whole"
    ),
    worked(
        "each worker follows the schedule alone",
        SCHEDULE,
        r", once, occurrence",
        ", None, occurrence",
    ),
    worked(
        "what can't be finished is lost",
        WORKER,
        r"await JobRepository\(self\._database\)\.give_back[^\n]*",
        "pass",
    ),
    worked(
        "nothing that has begun is finished",
        WORKER,
        r"timeout=self\._settings\.jobs_drain_seconds",
        "timeout=0",
    ),
    worked("dead jobs are forgotten", "app/jobs/cleaning.py", r", JOBS\.c\.state == SUCCEEDED"),
    worked(
        "any job is revived",
        REPOSITORY,
        r"columns\.id == job_id, columns\.state == DEAD",
        "columns.id == job_id",
    ),
    worked(
        "anybody sees jobs",
        "app/jobs/access.py",
        r'LIST = allow\("admin"\)',
        'LIST = allow("user")',
    ),
    exported(
        "everybody's rows are in it",
        "app/exports/contents.py",
        r"\.where\(table\.c\[owned\.owner\] == user_id\)",
    ),
    exported(
        "the first rows are all",
        "app/exports/contents.py",
        r"await database\.all\(own\.where[^\n]*",
        "[]",
    ),
    exported("it is everybody's who knows its id", SERVICE, r'row\["id"\] != export_id', "False"),
    exported(
        "who asks again gets another",
        SERVICE,
        r' or await state_of\(work\.unit, row\) != "pending"',
        " or True",
    ),
    exported("it lies there in plain", "app/exports/packing.py", r"    Layer\(seal, unseal\),\n"),
)
