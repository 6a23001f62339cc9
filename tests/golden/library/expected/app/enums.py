"""The closed lists of texts; a member's value is what travels and what is stored."""

from enum import StrEnum


class Medium(StrEnum):
    """What a medium may be."""

    BOOK = "book"
    FILM = "film"
    AUDIO_BOOK = "audio-book"
