"""What whoever writes a row may not see, and so can't point at: it isn't there for them."""

from __future__ import annotations

from generator.spec.model import AUTHENTICATED, Resource, Verb
from generator.views.rules import RuleView, rules


def writers(resource: Resource, verb: Verb) -> RuleView:
    """Who writes a row: of an account, which is an admin's to change, whoever it belongs to too."""
    if resource.built_in:
        return RuleView(verb, (AUTHENTICATED,))
    return rules(resource.access)[verb]


def hides(target: Resource, write: RuleView) -> bool:
    """Whether somebody who may write may not see each row of the target.

    To everyone an account is an id that rows may point at.
    """
    seen = rules(target.access)["get"]
    if target.built_in or seen.public:
        return False
    if write.public or seen.limited:
        return True
    return not seen.open and not set(write.words) <= set(seen.words)


def is_hidden(target: Resource, role: str) -> bool:
    """Whether somebody of that role may see nobody's row of the target, or their own alone."""
    seen = rules(target.access)["get"]
    return not target.built_in and (seen.confines(role) or not seen.admits(role))


def sees(target: Resource, role: str) -> bool:
    """Whether somebody of that role may see some row of the target."""
    return target.built_in or rules(target.access)["get"].admits(role)
