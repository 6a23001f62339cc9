"""`make run` serves a sample in which there is something to see."""

from __future__ import annotations

from pathlib import Path

from generated.databases import ask, empty_database
from generated.projects import NAMES, Project, Sample, each_sample, run
from generated.server import migrate

FILL = Path(__file__).parents[2] / "scripts/seed_sample.py"
ACCOUNT, PASSWORD = "demo@example.com", "correct horse battery"
QUICK: tuple[Sample, ...] = (("bookstore", "sqlite"),)
FULL: tuple[Sample, ...] = (("platform", "sqlite"), ("weather", "sqlite"))
OTHERS: tuple[Sample, ...] = tuple(
    (name, "sqlite") for name in NAMES if (name, "sqlite") not in QUICK + FULL
)


@each_sample(quick=QUICK, proof=FULL, thorough=OTHERS)
def test_each_resource_of_the_sample_has_rows(project: Project, tmp_path: Path) -> None:
    account = [] if project.is_open else [ACCOUNT]
    with empty_database(project.engine, tmp_path) as url:
        migrate(project, url)
        done = run([str(FILL), *account], project.folder, {"DATABASE_URL": url}, PASSWORD)
        assert done.returncode == 0, done.stderr
        for resource in project.spec.resources:
            (found,) = ask(url, f'SELECT count(*) FROM "{resource.table}"')
            assert found[0] > 0, resource.name
