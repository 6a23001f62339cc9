"""What a `service.yaml` means: every shorthand spelled out, every default filled in, frozen.

Nothing below `spec/` looks at text again. Sequences are tuples in the order of the file, so that
two specs are equal when they mean the same, and the same spec always yields the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Engine = Literal["sqlite", "postgresql", "mariadb"]
Operation = Literal["list", "get", "create", "update", "replace", "delete", "bulk"]
Verb = Literal["list", "get", "create", "update", "delete"]
OnDelete = Literal["restrict", "cascade", "set_null"]
Comparison = Literal["<", "<=", ">", ">=", "=", "!="]

PUBLIC, AUTHENTICATED, OWNER = "public", "authenticated", "owner"
"""Words of access that are not roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Name and words of the service; `name` is its slug, `title` is for people."""

    name: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How the HTTP interface looks; page sizes count rows."""

    version: str = "v1"
    pagination: Literal["cursor", "page"] = "cursor"
    page_size: int = 20
    max_page_size: int = 100
    case: Literal["snake", "camel"] = "snake"


CREDENTIALS = ("jwt", "session")
"""The auth methods that give a caller something to send with each request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """How callers prove who they are. `roles` holds the declared ones and always `admin`."""

    methods: tuple[str, ...] = ("jwt",)
    roles: tuple[str, ...] = ("admin",)
    signup: Literal["open", "closed"] = "open"
    check_user: bool = False
    sessions: Literal["database", "redis"] = "database"
    """Where the sessions of the method `session` are."""

    @property
    def credentials(self) -> tuple[str, ...]:
        """The methods that give a caller something to send with each request.

        Where none of the chosen ones does, what signs somebody in does it for a browser: it has the
        cookie of a session.
        """
        return tuple(one for one in self.methods if one in CREDENTIALS) or CREDENTIALS[-1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature that is on, with its options as the manifest's grammar resolved them."""

    name: str
    kind: str
    """The folder below the feature's: `redis` for `cache: redis`; its default if unsaid."""
    options: tuple[tuple[str, str | int | float | bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of an enum: `value` is what travels and is stored."""

    value: str
    label: str = ""
    renamed_from: str | None = None
    """The value that rows and clients had for it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumType:
    """A closed list of texts."""

    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """What a field holds when a client says nothing.

    `kind` is `value` (then `value` is a Python value of the field's type: str, int, float, Decimal,
    bool, date, time, datetime (aware), timedelta, UUID, bytes, None, or for lists and json a
    tree of lists and dicts), or one of the special words `now`, `today`, `uuid`.
    """

    kind: Literal["value", "now", "today", "uuid"]
    value: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a resource. `type` is a name of the type table, or `enum` with `enum` set.

    Bounds and lengths are of each element where `is_list`. Lengths count characters (`bytes`:
    bytes). What was unsaid is resolved: a `string` has `max_length` 255 here.
    """

    name: str
    type: str
    enum: str | None = None
    is_list: bool = False
    nullable: bool = False
    unique: bool = False
    index: bool = False
    immutable: bool = False
    readonly: bool = False
    writeonly: bool = False
    hidden: bool = False
    encrypted: bool = False
    default: Default | None = None
    source: str | None = None
    """The other field that a slug is made from (`slug from title`)."""
    min_length: int | None = None
    max_length: int | None = None
    ge: Decimal | None = None
    gt: Decimal | None = None
    le: Decimal | None = None
    lt: Decimal | None = None
    pattern: str | None = None
    precision: int | None = None
    scale: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    column: str = ""
    """The column's name: the field's own unless the spec names a legacy one."""
    description: str = ""
    example: object = None
    renamed_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BelongsTo:
    """A foreign key of this resource; `column` is `<name>_id` unless said otherwise."""

    name: str
    resource: str
    nullable: bool = False
    unique: bool = False
    on_delete: OnDelete = "restrict"
    inverse: str | None = None
    column: str
    description: str = ""
    renamed_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HasMany:
    """The other side of a `BelongsTo`: `via` names that relation on `resource`.

    Present on the target whichever side declared it. `single` is `has_one`.
    """

    name: str
    resource: str
    via: str
    single: bool = False
    description: str = ""
    renamed_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyToMany:
    """One side of a link table `table`; `mirrored` on the side that did not name the table.

    `own_column` points at this resource, `other_column` at `resource`; where the link goes through
    a resource, `through` names it and the columns are those of its two relations.
    """

    name: str
    resource: str
    table: str
    own_column: str
    other_column: str
    mirrored: bool = False
    inverse: str | None = None
    through: str | None = None
    description: str = ""
    renamed_from: str | None = None


Relation = BelongsTo | HasMany | ManyToMany


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexColumn:
    """A field or relation in an index, descending where the spec wrote `-name`."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A comparison of two fields that every row must pass; null passes."""

    left: str
    comparison: Comparison
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may do what: `public`, `authenticated`, `owner` and roles, never empty."""

    list: tuple[str, ...]
    get: tuple[str, ...]
    create: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource: a table, its URLs and its rules.

    `fields` holds the declared fields only: `id`, the timestamps and the columns of relations are
    told by `id`, `created_field`, `updated_field` and `relations`. `owned` names the relation to
    `user` that holds the owner; that relation is in `relations` even where the spec leaves it out.
    """

    name: str
    """Singular, as in the spec."""
    plural: str
    """Plural, snake case: the package `app/resources/<plural>` and, with dashes, the URL."""
    class_name: str
    table: str
    description: str = ""
    id: Field
    """The primary key as a field named `id` (type uuid, int, bigint or string)."""
    created_field: str | None = "created_at"
    updated_field: str | None = "updated_at"
    fields: tuple[Field, ...] = ()
    relations: tuple[Relation, ...] = ()
    operations: tuple[Operation, ...] = ("list", "get", "create", "update", "delete")
    unique: tuple[tuple[str, ...], ...] = ()
    """Each a tuple of field and relation names; single-field uniqueness is `Field.unique`."""
    indexes: tuple[tuple[IndexColumn, ...], ...] = ()
    checks: tuple[Check, ...] = ()
    owned: str | None = None
    access: Access
    lookup: str | None = None
    filter: tuple[str, ...] = ()
    """Names of fields, relations, `id` and timestamps that a list may be filtered by, resolved."""
    sort: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    soft_delete: bool = False
    versioned: bool = True
    events: tuple[str, ...] = ()
    cache_seconds: int | None = None
    renamed_from: str | None = None
    built_in: bool = False
    """Whether it is the `user` of the accounts, and not one that a spec declares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A whole service.

    `user` is the built-in resource with the fields and relations that the spec adds to it (its
    `fields` hold the added ones only); None with `auth: none`. It is not in `resources`.
    """

    service: Service
    database: Engine = "sqlite"
    api: Api = field(default_factory=Api)
    auth: Auth | None = field(default_factory=Auth)
    features: tuple[Feature, ...] = ()
    enums: tuple[EnumType, ...] = ()
    resources: tuple[Resource, ...] = ()
    user: Resource | None = None
