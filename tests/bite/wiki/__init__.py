"""The wiki: rows that are kept when they are deleted, search, bulk changes, slugs and a lookup."""

from bite.wiki.many import BULK, LOOKUP, REPLACE, SLUGS
from bite.wiki.search import SEARCH
from bite.wiki.soft import SOFT

WIKI = {
    "soft delete": SOFT,
    "search": SEARCH,
    "bulk": BULK,
    "replace": REPLACE,
    "lookup": LOOKUP,
    "slugs": SLUGS,
}
