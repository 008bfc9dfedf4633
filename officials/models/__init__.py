"""Tables of the record: the person, dated holdings, the information sets around a person, lists of people."""

from .corrections import Correction
from .details import Contact, Entrance, Exit, FormDetails, Photo, Retirement
from .holdings import PostHolding, RankHolding
from .lists import SavedList, SavedListMember, SavedListShare
from .people import Official
from .restrictions import RatingConstraint, Restriction
from .sets import AnnualRating, Award, Education, FamilyMember, ProfessionalTitle

__all__ = [
    "AnnualRating",
    "Award",
    "Contact",
    "Correction",
    "Education",
    "Entrance",
    "Exit",
    "FamilyMember",
    "FormDetails",
    "Official",
    "Photo",
    "PostHolding",
    "ProfessionalTitle",
    "RankHolding",
    "RatingConstraint",
    "Restriction",
    "Retirement",
    "SavedList",
    "SavedListMember",
    "SavedListShare",
]
