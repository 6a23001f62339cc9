"""The rows of works."""

from app.links import Links
from app.repository import Repository
from app.resources.subjects.model import Subject
from app.resources.works.model import WORKS_SUBJECTS, Work


class WorkRepository(Repository):
    """Reads and writes works."""

    model = Work
    filters = (
        "title",
        "medium",
        "shelf_mark",
        "sequel_to_id",
    )

    def subjects_links(self) -> Links:
        """Which subject each work is linked to."""
        return Links(self._executor, WORKS_SUBJECTS, "work_id", "subject_id", Subject)
