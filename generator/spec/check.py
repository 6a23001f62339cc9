"""The rules over a whole spec: one table of small functions, each a fact in, findings out."""

from __future__ import annotations

from collections.abc import Sequence

from generator.spec import field_rules, link_rules, name_rules, reference_rules
from generator.spec.facts import Facts, Rule
from generator.spec.grammar import Grammar
from generator.spec.model import Spec
from generator.spec.report import Report
from generator.spec.unsupported import Unsupported, refusals

RULES: tuple[Rule, ...] = (
    *name_rules.RULES,
    *field_rules.RULES,
    *reference_rules.RULES,
    *link_rules.RULES,
)


def check(spec: Spec, grammar: Grammar, report: Report, refuse: Sequence[Unsupported]) -> None:
    """Reports every rule that the spec breaks, and all that this version can't build.

    What can't be built is no second mistake: a rule is silent at a token that was refused.
    """
    facts = Facts(spec, grammar, report)
    refused = set()
    for finding in refusals(facts, refuse):
        report.at(finding.code, finding.path, finding.message)
        refused.add(report.find(finding.path)[0])
    for rule in RULES:
        for finding in rule(facts):
            if report.find(finding.path)[0] not in refused:
                report.at(finding.code, finding.path, finding.message, finding.suggestion)
