"""The rows of notes."""

from app.repository import Repository
from app.resources.notes.model import Note


class NoteRepository(Repository):
    """Reads and writes notes."""

    model = Note
