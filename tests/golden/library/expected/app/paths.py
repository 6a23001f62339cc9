"""Paths: what an id in one may be."""

from starlette.convertors import StringConvertor, register_url_convertor


class KeyConvertor(StringConvertor):
    """`{book_id:key}`: no slash, and no colon, behind which the verbs of a row stand."""

    regex = "[^/:]+"


def register_convertors() -> None:
    """Let every route that follows use them."""
    register_url_convertor("key", KeyConvertor())
