"""The rules over a whole spec: one table of small functions, each a fact in, findings out."""

from __future__ import annotations

from generator.spec import (
    account_rules,
    field_rules,
    link_rules,
    name_rules,
    reference_rules,
)
from generator.spec.facts import Facts, Rule
from generator.spec.grammar import Grammar
from generator.spec.model import Spec
from generator.spec.report import Report

RULES: tuple[Rule, ...] = (
    *name_rules.RULES,
    *field_rules.RULES,
    *reference_rules.RULES,
    *link_rules.RULES,
    *account_rules.RULES,
)


def check(spec: Spec, grammar: Grammar, report: Report) -> None:
    """Reports every rule that the spec breaks."""
    facts = Facts(spec, grammar, report)
    for rule in RULES:
        for finding in rule(facts):
            report.at(finding.code, finding.path, finding.message, finding.suggestion)
