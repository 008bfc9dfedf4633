"""Accounts, grants of roles, keys of programs."""

from .grants import RoleGrant
from .keys import ApiKey
from .users import PastPassword, User

__all__ = ["ApiKey", "PastPassword", "RoleGrant", "User"]
