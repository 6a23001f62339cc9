"""What the bodies of requests take, and what becomes of it."""

import pytest
from pydantic import MISSING, ValidationError

from app.schemas import Int32, JsonDocument, Schema


class Body(Schema):
    """A body with what is told apart by its type."""

    whole: Int32 | MISSING = MISSING
    document: JsonDocument | MISSING | None = MISSING


def test_a_whole_number_is_whole_however_json_writes_it() -> None:
    assert repr(Body.model_validate_json('{"whole": 2.0}').whole) == "2"
    with pytest.raises(ValidationError):
        Body.model_validate_json('{"whole": 2.5}')


@pytest.mark.parametrize("text", ["2.0", "2", '{"a": [2.0]}'])
def test_a_document_stays_as_it_was_sent(text: str) -> None:
    body = Body.model_validate_json(f'{{"document": {text}}}')
    assert body.model_dump_json() == f'{{"document":{text.replace(" ", "")}}}'
