"""What rooms compute about people from their records, brought to the facts before the alerts about a person are swept."""

from collections.abc import Callable
from datetime import date

_followers: list[Callable[[int, date], object]] = []


def add_follower(follower: Callable[[int, date], object]) -> Callable:
    """Register who follows a changed record: `follower(person, day)` (decorator or call); twice changes nothing."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def follow_person(person: int, day: date):
    """Let every room follow the record of a person as it stands now."""
    for follower in _followers:
        follower(person, day)
