"""The rows of subjects."""

from app.links import Links
from app.repository import Repository
from app.resources.subjects.model import Subject
from app.resources.works.model import WORKS_SUBJECTS, Work


class SubjectRepository(Repository):
    """Reads and writes subjects."""

    model = Subject
    filters = ("name",)

    def works_links(self) -> Links:
        """Which work each subject is linked to."""
        return Links(self._executor, WORKS_SUBJECTS, "subject_id", "work_id", Work)
