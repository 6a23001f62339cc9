"""The project as its templates see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import naming
from generator.features.contributions import Contributions
from generator.literals import docstring, py
from generator.spec.model import Engine, EnumType, Resource, Spec
from generator.table_order import creation_order, late_keys
from generator.tables import tables
from generator.views.accounts import AccountView, account_view, with_added
from generator.views.api_page import ApiPageView, api_page
from generator.views.case import CASES, CaseView
from generator.views.classes import with_classes
from generator.views.code import Enums
from generator.views.demanded import demanded
from generator.views.diagram import diagram
from generator.views.pages import PAGES, PagesView
from generator.views.resources import ResourceView, SpecContext, resource_view, test_context
from generator.views.seeding_order import seeded

DATABASE_URLS: dict[Engine, str] = {
    "sqlite": "sqlite+aiosqlite:///./{name}.db",
    "postgresql": "postgresql+asyncpg://app:app@127.0.0.1:5432/app",
    "mariadb": "mariadb+asyncmy://app:app@127.0.0.1:3306/app",
}
"""Where a developer's database is, if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting that a feature brings, as the lines of the settings class."""

    declaration: str
    description: str


@dataclass(frozen=True, slots=True)
class EnumView:
    """An enum as a class."""

    class_name: str
    description: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthView:
    """Who can sign in. `roles` are all there are, `user` first."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeededView:
    """A module with the seeds of a table, and what they are called where all of them are."""

    module: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """The whole project; names are ready to print, texts go through a filter."""

    name: str
    package: str
    title: str
    description: str
    database: Engine
    database_url: str
    api_version: str
    prefix: str
    page_size: int
    max_page_size: int
    pages: PagesView
    case: CaseView
    settings: tuple[SettingView, ...]
    enums: tuple[EnumView, ...]
    auth: AuthView
    account: AccountView | None
    """None where there are no accounts."""
    resources: tuple[ResourceView, ...]
    soft_words: str
    """Those whose rows a delete keeps, in a sentence."""
    seeding: tuple[SeededView, ...]
    """The modules with seeds, in the order in which tables are filled."""
    api_page: ApiPageView
    diagram: tuple[str, ...]
    """The tables and what refers to what, as the lines of a Mermaid diagram."""
    views: Mapping[str, object]
    """What features demand beside all this, by their manifests' word for it."""


def project_view(
    spec: Spec, contributions: Contributions, extra: tuple[Resource, ...] = ()
) -> ProjectView:
    """Everything that templates print; `extra` are the resources that features bring."""
    spec = with_classes(spec, extra)
    extra = tuple(
        with_added(one, spec.user) if spec.user and one.built_in else one for one in extra
    )
    known = {resource.name: resource for resource in (*extra, *spec.resources)}
    all_tables = {table.name: table for table in tables(spec, extra)}
    context = SpecContext(
        database=spec.database,
        resources=known,
        tables=all_tables,
        enums=Enums({enum.name: enum for enum in spec.enums}),
        api=spec.api,
        auth=spec.auth,
        case=CASES[spec.api.case],
        late_keys=late_keys(creation_order(tuple(all_tables.values()))),
    )
    resources = tuple(resource_view(resource, context) for resource in spec.resources)
    account = account_view(known["user"], spec.user, context) if spec.user else None
    return ProjectView(
        name=spec.service.name,
        package=spec.service.name.replace("-", "_"),
        title=spec.service.title,
        description=spec.service.description,
        database=spec.database,
        database_url=DATABASE_URLS[spec.database].format(name=spec.service.name),
        api_version=spec.api.version,
        prefix=f"/api/{spec.api.version}",
        page_size=spec.api.page_size,
        max_page_size=spec.api.max_page_size,
        pages=PAGES[spec.api.pagination],
        case=CASES[spec.api.case],
        settings=tuple(
            SettingView(
                f"{setting.name}: {setting.type}"
                + ("" if setting.default is None else f" = {setting.default}"),
                docstring(setting.comment) if setting.comment else "",
            )
            for setting in contributions.settings
        ),
        enums=tuple(map(_enum_view, spec.enums)),
        account=account,
        auth=AuthView(("user", *(spec.auth.roles if spec.auth else ()))),
        resources=resources,
        soft_words=_listed([view.words for view in resources if view.kept]),
        seeding=tuple(map(_seeded_view, seeded(known.values()))),
        api_page=api_page(
            [test_context(resource, context) for resource in spec.resources],
            spec.api,
            account.page if account else None,
        ),
        diagram=diagram(tuple(all_tables.values())),
        views=demanded(contributions.views, spec.resources, context),
    )


def _seeded_view(resource: Resource) -> SeededView:
    package = f"app.resources.{naming.module(resource.plural)}"
    module = "app.users" if resource.built_in else package
    return SeededView(f"{module}.seeds", f"{resource.name.upper()}_SEEDS")


def _listed(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _enum_view(enum: EnumType) -> EnumView:
    names = naming.member_names(member.value for member in enum.members)
    labels = {member.value: member.label for member in enum.members if member.label}
    members = []
    for name, member in zip(names, enum.members, strict=True):
        members.append(f"{name} = {py(member.value)}")
        if member.value in labels:
            members.append(docstring(labels[member.value]))
    words = naming.title(naming.snake(enum.name)).lower()
    return EnumView(
        enum.name,
        f"What {naming.with_article(words)} may be.",
        tuple(members),
    )
