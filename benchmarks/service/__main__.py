"""Measure a generated service beside a bare and an idiomatic one: `make bench-service`.

All of them work on the same tables of one PostgreSQL, which is started for the purpose, and take
turns under the same load. Prints tables; writes what was measured as JSON. Figures, not tests: they
depend on the machine, and the ratios less so.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from generated.cluster import cluster
from generated.projects import made
from generated.server import migrate
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from service import report
from service.alone import Weight, elsewhere, soak
from service.load import Pace, require_wrk
from service.measure import Bench, Figures
from service.operations import OPERATIONS, Operation
from service.rows import PASSWORD, Account, driver_url, fill
from service.starting import starts
from service.subjects import Running, Subject, bare, idiomatic, ours, running

COST = (2, 19_456, 1)
"""Passes, KiB and lanes of a hash, as a generated service has them."""
Subjects = tuple[Subject, ...]
SPEC = Path(__file__).with_name("items.yaml")


def main() -> None:
    """Make the service, fill the tables, and measure."""
    asked = arguments()
    require_wrk()
    with TemporaryDirectory() as name, cluster("postgresql") as postgresql:
        folder = Path(name)
        text = SPEC.read_text("utf-8")
        project = made("items", "postgresql", text, folder / "ours")
        migrate(project, postgresql.url)
        print(report.machine())
        subjects = (bare(), idiomatic(), ours(project.folder))
        weights = starts(subjects, postgresql.url, folder)
        print(*report.starts(weights), sep="\n", flush=True)
        figures = {rows: told(rows, subjects, postgresql.url, folder, asked) for rows in asked.rows}
        bench = bench_of(asked.rows[0], postgresql.url, folder, asked)
        costs = elsewhere(bench, project.folder, text, chosen(asked.only))
        print(*report.elsewhere(costs), sep="\n", flush=True)
        soaked = weighed(bench, project.folder, asked.soak)
    report.write(asked.json, figures, weights, costs, soaked)


def arguments() -> Namespace:
    """What the command line asks for."""
    parser = ArgumentParser("python -m service", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--seconds", type=int, default=3, help="of one round")
    parser.add_argument("--rounds", type=int, default=3, help="of each operation and service")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--soak", type=int, default=0, help="requests over which to watch memory")
    parser.add_argument("--only", default="", help="operations with this in their name")
    parser.add_argument("--json", type=Path, default=Path("build/bench-service.json"))
    return parser.parse_args()


def told(rows: int, subjects: Subjects, url: str, folder: Path, asked: Namespace) -> Figures:
    """Measure with so many rows, and print the table."""
    bench = bench_of(rows, url, folder, asked)
    with ExitStack() as stack:
        services = [stack.enter_context(signed_in(one, bench)) for one in subjects]
        figures = bench.measure(services, chosen(asked.only))
    print(*report.table(rows, figures), sep="\n", flush=True)
    return figures


def bench_of(rows: int, url: str, folder: Path, asked: Namespace) -> Bench:
    """What measures with so many rows."""
    pace = Pace(asked.rounds, asked.seconds, asked.connections)
    return Bench(filled(url, rows), url, folder, pace)


def weighed(bench: Bench, project: Path, requests: int) -> list[Weight]:
    """What the service weighs over so many requests, printed as it goes."""
    weights = []
    if requests:
        print()
        for one in soak(bench, project, requests):
            print(report.weight(one), flush=True)
            weights.append(one)
    return weights


def filled(url: str, rows: int) -> Account:
    """The account that asks, once the tables are full."""
    password_hash = PasswordHash((Argon2Hasher(*COST),)).hash(PASSWORD)
    return asyncio.run(fill(driver_url(url), rows, password_hash))


@contextmanager
def signed_in(subject: Subject, bench: Bench) -> Iterator[Running]:
    """A service until the end of the block, to which the account has signed in."""
    with running(subject, bench.url, bench.folder) as service:
        service.log_in(bench.account.email, PASSWORD)
        yield service


def chosen(word: str) -> list[Operation]:
    """The operations with a word in their name."""
    return [one for one in OPERATIONS if word in one.name]


if __name__ == "__main__":
    main()
