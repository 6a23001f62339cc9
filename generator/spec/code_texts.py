"""The texts behind `scaffold explain`: code to title, explanation, wrong and right example.

An example without a head gets one (`scaffold: 1`, a service named shop). Tests load them all: the
wrong one has its own mistake and no other, the right one has none.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str, str, str]] = {
    "yaml": (
        "The file is not the YAML that a spec is written in",
        "A spec is one YAML 1.2 document in UTF-8, at most 1 MiB long and 64 levels deep, and is\n"
        "indented with spaces. Tags (!), anchors (&), aliases (*), merge keys (<<) and directives\n"
        'are left out of the language: a spec says what it means in place. A line that holds ": "\n'
        'or " #" as a part of its text goes in quotes.',
        "resources:\n  book: &book {}\n",
        "resources:\n  book: {}\n",
    ),
    "duplicate-key": (
        "A key stands twice in one mapping",
        "YAML would quietly keep one of the two. Rename or remove one.",
        "resources:\n  book: {}\n  book: {}\n",
        "resources:\n  book: {}\n  author: {}\n",
    ),
    "missing-key": (
        "A required key is not there",
        "A spec needs `scaffold` and `service`, the service its `name`, and a field in the long\n"
        "form its `type`. The error points at what should hold the key.",
        "scaffold: 1\nservice: {title: Shop}\n",
        "scaffold: 1\nservice: {name: shop, title: Shop}\n",
    ),
    "unknown-key": (
        "There is no such key here",
        "Each place of the spec has a closed list of keys, so that a slip of the pen is never\n"
        "passed over in silence. A word near a known key is read as that key.",
        "resources:\n  book:\n    feilds: {title: string}\n",
        "resources:\n  book:\n    fields: {title: string}\n",
    ),
    "wrong-type": (
        "A value of the wrong kind",
        "A list stands where a mapping belongs, a number where text does, or the like. Text that\n"
        "YAML reads as a number, true or null goes in quotes.",
        "scaffold: 1\nservice: {name: shop, title: 1984}\n",
        "scaffold: 1\nservice: {name: shop, title: '1984'}\n",
    ),
    "unknown-word": (
        "A word outside of a closed list",
        "The value is one of a few words, and this is none of them.",
        "database: postgrse\n",
        "database: postgresql\n",
    ),
    "bad-value": (
        "A number or a length of time out of its range",
        "The message says what the range is. A duration is 60s, 15m, 2h, 1d or ISO 8601.",
        "api: {page_size: 0}\n",
        "api: {page_size: 10}\n",
    ),
    "needs-quotes": (
        "A value of an enum that YAML reads as something else",
        "Values of enums are text. YAML reads true, null and numbers as something else, so they\n"
        "need quotes; yes, no, on and off are text in YAML 1.2 and need none.",
        "enums:\n  Level: [low, 2]\n",
        "enums:\n  Level: [low, '2']\n",
    ),
    "empty-list": (
        "A list that must name something names nothing",
        "A resource has at least one operation, a rule of access names at least one who may, an\n"
        "enum has at least one value, and auth has at least one method (or is `none`).",
        "resources:\n  book: {operations: []}\n",
        "resources:\n  book: {operations: [list, get]}\n",
    ),
    "duplicate-value": (
        "The same thing is said twice",
        "A value stands twice in a list, or a field is told the same thing twice.",
        "enums:\n  Level: [low, high, low]\n",
        "enums:\n  Level: [low, high]\n",
    ),
    "bad-name": (
        "A name that can't be one",
        "Resources, fields, relations and roles are lower-case words of letters and digits,\n"
        "joined by one underscore, 63 characters at most. An enum is CamelCase. A service is\n"
        "lower-case words joined by one dash, 64 characters at most; an API's version is v1, v2...",
        "resources:\n  OrderItem: {}\n",
        "resources:\n  order_item: {}\n",
    ),
    "name-collision": (
        "Two names become the same thing",
        "Names become classes, tables, URLs and attributes, and two of them meet there. The error\n"
        "is at the second. Rename one, or say `plural:`; what every resource has (`id`,\n"
        "`created_at`, `updated_at`) is taken, unless `timestamps` says otherwise.",
        "resources:\n  book:\n    fields: {created_at: date}\n",
        "resources:\n  book:\n    fields: {printed_at: date}\n",
    ),
    "reserved-name": (
        "A name that something else keeps for itself",
        "PostgreSQL has system columns in every table (ctid, xmin, ...), SQLite keeps tables\n"
        "named sqlite_... for itself, and public, authenticated, owner and user are words of\n"
        "access and so can't be roles. Words that Python or SQL keep (class, order) are fine.",
        "auth: {roles: [owner]}\n",
        "auth: {roles: [editor]}\n",
    ),
    "unknown-type": (
        "No type and no enum has this name",
        "A field starts with a type (string, int, decimal, datetime, ...) or the name of an enum\n"
        "of the spec. A link to a resource is no field: it goes under `relations`.",
        "resources:\n  book:\n    fields:\n      price: decimel(10, 2)\n",
        "resources:\n  book:\n    fields:\n      price: decimal(10, 2)\n",
    ),
    "bad-argument": (
        "Arguments that the type doesn't take",
        "Text takes (max), (min..) or (min..max), decimal takes (precision, scale), and most\n"
        "types take nothing. The lengths have a limit for each type.",
        "resources:\n  book:\n    fields:\n      pages: int(4)\n",
        "resources:\n  book:\n    fields:\n      pages: int <= 9999\n",
    ),
    "bad-expression": (
        "A line that can't be read",
        'A field is: type ["?"] {modifier} ["=" default]. A relation is: kind resource ["?"]\n'
        "{modifier}. A default stands behind a = with a space on both sides.",
        "resources:\n  book:\n    fields:\n      pages: int >=\n",
        "resources:\n  book:\n    fields:\n      pages: int >= 1\n",
    ),
    "unknown-modifier": (
        "A word behind the type that means nothing",
        "A field knows unique, index, immutable, readonly, writeonly, hidden, encrypted, bounds\n"
        "(>= > <= <), a /pattern/ and from. A relation knows unique, on_delete, inverse, through.",
        "resources:\n  book:\n    fields:\n      isbn: string uniqe\n",
        "resources:\n  book:\n    fields:\n      isbn: string unique\n",
    ),
    "misplaced": (
        "A relation among the fields",
        "belongs_to, has_many, has_one and many_to_many go under `relations`.",
        "resources:\n  author: {}\n  book:\n    fields: {author: belongs_to author}\n",
        "resources:\n  author: {}\n  book:\n    relations: {author: belongs_to author}\n",
    ),
    "not-applicable": (
        "Something that this kind of thing can't have",
        "Bounds are for numbers, patterns and lengths for text, min_items for lists, `from` for\n"
        "slugs, on_delete for belongs_to.",
        "resources:\n  book:\n    fields:\n      title: string >= 3\n",
        "resources:\n  book:\n    fields:\n      title: string(3..)\n",
    ),
    "bad-default": (
        "A default or an example that the field can't hold",
        "The text is read by the field's type, exactly, and within its bounds, length and\n"
        "pattern. now is for datetime and time, today for date, uuid for uuid; in quotes they are\n"
        "text.",
        "resources:\n  book:\n    fields:\n      pages: int >= 1 = 0\n",
        "resources:\n  book:\n    fields:\n      pages: int >= 1 = 1\n",
    ),
    "bad-pattern": (
        "A pattern outside of the dialect",
        "Patterns run in linear time: no look-around, no back-references, and nothing that\n"
        "Pydantic's engine and Python's re read differently. A slash is written \\/. A pattern is\n"
        "searched for; ^ and $ anchor it.",
        "resources:\n  book:\n    fields:\n      isbn: string /(?=9)[0-9]+/\n",
        "resources:\n  book:\n    fields:\n      isbn: string /^9[0-9]+$/\n",
    ),
    "contradiction": (
        "Two things that can't both hold",
        "A field that only the server sets and that has no value to set; bounds that leave no\n"
        "value; encrypted values that should be found by, or would lie in a cache in plain; a\n"
        "page larger than the largest.",
        "resources:\n  book:\n    fields:\n      sold: int readonly\n",
        "resources:\n  book:\n    fields:\n      sold: int readonly = 0\n",
    ),
    "unseen-reference": (
        "An account that has to point at what its owner may not see",
        "What can't be seen can't be pointed at, and a new account may see what everyone does who\n"
        "is signed in. Make the link optional with ?, or let `authenticated` read the other row.",
        "resources:\n  user:\n    relations: {team: belongs_to team}\n"
        "  team:\n    access: {read: admin}\n",
        "resources:\n  user:\n    relations: {team: belongs_to team?}\n"
        "  team:\n    access: {read: admin}\n",
    ),
    "engine-limit": (
        "More than the database can hold",
        "Long text, bytes and json have no index on every engine; MariaDB's rows end at 65,535\n"
        "bytes and its keys at 3,072, PostgreSQL's index entries at 2,704. A character takes four.",
        "resources:\n  book:\n    fields:\n      body: text index\n",
        "resources:\n  book:\n    fields:\n      body: string(500) index\n",
    ),
    "unknown-relation": (
        "No kind of relation has this name",
        "There are belongs_to, has_many, has_one and many_to_many.",
        "resources:\n  author: {}\n  book:\n    relations: {author: belong_to author}\n",
        "resources:\n  author: {}\n  book:\n    relations: {author: belongs_to author}\n",
    ),
    "unknown-resource": (
        "No resource has this name",
        "A relation leads to a resource of the spec, by its singular name, or to user while auth\n"
        "is on.",
        "resources:\n  author: {}\n  book:\n    relations: {author: belongs_to auther}\n",
        "resources:\n  author: {}\n  book:\n    relations: {author: belongs_to author}\n",
    ),
    "missing-inverse": (
        "A has_many or has_one without its other side",
        "It names the other side of a belongs_to, which the target must have.",
        "resources:\n  author:\n    relations: {books: has_many book}\n  book: {}\n",
        "resources:\n  author:\n    relations: {books: has_many book}\n"
        "  book:\n    relations: {author: belongs_to author}\n",
    ),
    "ambiguous-inverse": (
        "Several relations may be the other side",
        "Say which with `inverse`.",
        "resources:\n  airport:\n    relations: {departures: has_many flight}\n"
        "  flight:\n    relations: {origin: belongs_to airport, goal: belongs_to airport}\n",
        "resources:\n  airport:\n    relations: {departures: has_many flight inverse origin}\n"
        "  flight:\n    relations: {origin: belongs_to airport, goal: belongs_to airport}\n",
    ),
    "bad-inverse": (
        "Two sides that don't agree",
        "`inverse` names a relation of the target that leads back here. has_one is the other side\n"
        "of a belongs_to that is unique, has_many of one that is not.",
        "resources:\n  author:\n    relations: {books: has_many book inverse writer}\n"
        "  book:\n    relations: {author: belongs_to author}\n",
        "resources:\n  author:\n    relations: {books: has_many book inverse author}\n"
        "  book:\n    relations: {author: belongs_to author}\n",
    ),
    "bad-through": (
        "A link through a resource that links not both",
        "`through` names a resource with exactly one belongs_to for each of the two.",
        "resources:\n  tag: {}\n  tagging: {}\n"
        "  book:\n    relations: {tags: many_to_many tag through tagging}\n",
        "resources:\n  tag: {}\n"
        "  tagging:\n    relations: {tag: belongs_to tag, book: belongs_to book}\n"
        "  book:\n    relations: {tags: many_to_many tag through tagging}\n",
    ),
    "required-circle": (
        "A circle of required links",
        "Every row of the circle would have to be there before the others. Make one of the links\n"
        "nullable with ?.",
        "resources:\n  department:\n    relations: {manager: belongs_to employee}\n"
        "  employee:\n    relations: {department: belongs_to department}\n",
        "resources:\n  department:\n    relations: {manager: belongs_to employee?}\n"
        "  employee:\n    relations: {department: belongs_to department}\n",
    ),
    "unknown-field": (
        "No field has this name",
        "unique, indexes, checks, filter, sort, search, lookup and from name fields of their own\n"
        "resource; a relation stands for its column.",
        "resources:\n  book:\n    fields: {title: string}\n    sort: [titel]\n",
        "resources:\n  book:\n    fields: {title: string}\n    sort: [title]\n",
    ),
    "wrong-family": (
        "A field of the wrong type for this",
        "search is for text; checks compare two columns of one type family; json, bytes and lists\n"
        "are neither sorted nor filtered by; only a belongs_to has a column.",
        "resources:\n  book:\n    fields: {pages: int}\n    search: [pages]\n",
        "resources:\n  book:\n    fields: {title: string}\n    search: [title]\n",
    ),
    "not-unique": (
        "A lookup by a field that may stand in several rows",
        "`lookup` fetches one row by a field, so the field is unique.",
        "resources:\n  book:\n    fields: {isbn: string}\n    lookup: isbn\n",
        "resources:\n  book:\n    fields: {isbn: string unique}\n    lookup: isbn\n",
    ),
    "unknown-role": (
        "No role has this name",
        "access names public, authenticated, owner, user, admin and the roles that auth declares.",
        "resources:\n  book:\n    access: {write: editor}\n",
        "auth: {roles: [editor]}\nresources:\n  book:\n    access: {write: editor}\n",
    ),
    "no-owner": (
        "`owner` where rows have no owner",
        "Say `owned: true` on the resource: then each row belongs to the user that made it.",
        "resources:\n  book:\n    access: {update: owner}\n",
        "resources:\n  book:\n    owned: true\n    access: {update: owner}\n",
    ),
    "auth-off": (
        "Something that needs users, with `auth: none`",
        "Without auth there are no users, no owners and no roles, and everything is public.",
        "auth: none\nresources:\n  book: {owned: true}\n",
        "auth: none\nresources:\n  book: {}\n",
    ),
    "unknown-feature": (
        "No such feature, or not in this version",
        "`scaffold features` lists what can be turned on. Auth methods are told the same way.",
        "features: {metricks: true}\n",
        "features: {metrics: true}\n",
    ),
    "feature-off": (
        "A feature that is off is asked for",
        "Turn it on under `features`, as the message says, or leave out what asks for it.",
        "resources:\n  book: {cache: 60s}\n",
        "features: {cache: redis}\nresources:\n  book: {cache: 60s}\n",
    ),
}
