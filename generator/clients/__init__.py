"""What a client of the API would notice of a change of the page."""

from generator.clients.notices import Notice, notices

__all__ = ["Notice", "notices"]
