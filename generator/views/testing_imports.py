"""What the tests of one resource import: the factories and repositories of all that they touch."""

from __future__ import annotations

from generator.views.testing_children import children
from generator.views.testing_hidden import HiddenView
from generator.views.testing_links import links
from generator.views.testing_names import (
    factory_module,
    repository_import,
    repository_module,
)
from generator.views.testing_rows import OptionalParentView, TestContext, nested
from generator.views.testing_soft import SoftParentView, soft_modules
from generator.views.testing_through import through_tests


def tests_imports(
    context: TestContext,
    has: frozenset[str],
    optional: tuple[OptionalParentView, ...],
    unseen: tuple[HiddenView, ...],
    soft: tuple[SoftParentView, ...],
) -> set[str]:
    """The lines that import factories and repositories, in no order."""
    made = {(item.module, item.make) for item in nested(context)}
    made |= {(item.module, item.make) for item in links(context)}
    made |= {item.repository_import for item in nested(context) if item.soft}
    made |= {item.repository_import for item in links(context) if item.soft}
    made |= {made for item in through_tests(context) for made in item.modules}
    made |= {(item.parent.module, item.parent.make) for item in unseen}
    if "update" in has:
        made |= {(item.module, item.make) for item in optional}
    if "delete" in has:
        made |= {(item.module, item.make) for item in children(context)}
        made |= {(i.repository_module, i.repository_import) for i in children(context)}
    made |= soft_modules(context, soft)
    own = (factory_module(context.resource), f"make_{context.resource.name}")
    made -= {own}
    made.add((repository_module(context.resource), repository_import(context.resource)))
    return {f"from {module} import {name}" for module, name in made}
