"""Units, posts, approved numbers, and the acts that change the tree."""

from .numbers import ApprovedNumbers
from .posts import Post
from .reorganisations import Reorganisation, Succession
from .units import PATH_STEP, Organization, OrganizationName, UnitCategory

__all__ = [
    "PATH_STEP",
    "ApprovedNumbers",
    "Organization",
    "OrganizationName",
    "Post",
    "Reorganisation",
    "Succession",
    "UnitCategory",
]
