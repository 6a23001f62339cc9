"""The services that are attacked."""

from __future__ import annotations

import pytest
from generated.projects import Sample, each_sample

QUICK: tuple[Sample, ...] = (("bookstore", "sqlite"),)
PROOF: tuple[Sample, ...] = (("helpdesk", "sqlite"),)
THOROUGH: tuple[Sample, ...] = (("bookstore", "postgresql"), ("helpdesk", "postgresql"))


def each_service() -> pytest.MarkDecorator:
    """Runs a test for the samples with accounts: one at once, then the other, then PostgreSQL."""
    return each_sample(quick=QUICK, proof=PROOF, thorough=THOROUGH)


def each_helpdesk() -> pytest.MarkDecorator:
    """The same for the one in which rows belong to people, and others may not see them."""
    return each_sample(quick=(), proof=PROOF, thorough=THOROUGH[1:])
