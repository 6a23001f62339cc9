"""What templates see: the spec turned into strings that are ready to print."""

from generator.views.project import ProjectView, project_view
from generator.views.resources import ResourceView

__all__ = ["ProjectView", "ResourceView", "project_view"]
