"""The services that are attacked."""

from __future__ import annotations

import pytest
from generated.projects import BOOKSTORES, Sample, each_sample

PROOF: tuple[Sample, ...] = (("bookstore", "sqlite"), ("helpdesk", "sqlite"))
THOROUGH: tuple[Sample, ...] = (("bookstore", "postgresql"), ("helpdesk", "postgresql"))


def each_service() -> pytest.MarkDecorator:
    """Runs a test for the samples with accounts, on PostgreSQL in the longest proof alone."""
    return each_sample(quick=(), proof=PROOF, thorough=THOROUGH)


def each_helpdesk() -> pytest.MarkDecorator:
    """The same for the one in which rows belong to people, and others may not see them."""
    return each_sample(quick=(), proof=PROOF[1:], thorough=THOROUGH[1:])


def each_bookstore() -> pytest.MarkDecorator:
    """Runs a test for the bookstore, on every engine."""
    return each_sample(quick=(), proof=(PROOF[0], *BOOKSTORES))
