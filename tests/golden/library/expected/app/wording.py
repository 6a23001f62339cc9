"""What a client reads where the validation refuses something: no word of Python, no value sent."""

from collections.abc import Mapping
from typing import Any

WORDS: Mapping[str, str] = {
    "extra_forbidden": "This name isn't known here.",
    "json_invalid": "This is no JSON: {error}.",
    "missing": "This is needed.",
    "model_attributes_type": "This has to be an object.",
    "string_pattern_mismatch": "This has another form than the documentation states.",
}
"""The validation's codes whose own words would speak of Python or of regular expressions."""

OURS = "Value error, "
"""What the validation puts before the words of our own checks, which go on behind `This`."""


def message_of(problem: Mapping[str, Any]) -> str:
    """The words for one finding of the validation."""
    code, message, context = problem["type"], str(problem["msg"]), problem.get("ctx", {})
    if code in WORDS:
        return WORDS[code].format_map(context)
    if message.startswith(OURS):
        return f"This {message.removeprefix(OURS)}."
    if code in LENGTHS and context.get("field_type") == "Value":
        return LENGTHS[code].format_map(context)
    return message


LENGTHS = {
    "too_short": "This needs {min_length} characters or more.",
    "too_long": "This may have {max_length} characters or fewer.",
}
"""Of a secret, which the validation takes for a list."""
