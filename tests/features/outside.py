"""What the tests of a project look for outside of it, beside its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generated.projects import Project
from generated.server import backing

from features.brokers import kafka_for_tests
from features.collector import collector_for_tests


@contextmanager
def outside(project: Project) -> Iterator[dict[str, str]]:
    """All of it, by the variables that name it to the tests."""
    with (
        collector_for_tests(project.folder) as traced,
        kafka_for_tests(project.folder) as streamed,
    ):
        yield {**traced, **streamed, **backing(project, "TEST_")}
