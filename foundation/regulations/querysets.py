"""Reads of the rulebook tables that chain."""

from datetime import date

from django.db import models
from django.db.models import Q


class RuleQuerySet(models.QuerySet):
    """Rules."""

    def matching(self, words: str):
        """Rules whose id, title or regulation contains every one of the words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(code__icontains=word)
                | Q(about_zh__icontains=word)
                | Q(about_en__icontains=word)
                | Q(values__law__icontains=word)
            )
        return found.distinct()

    def in_force(self, on: date):
        """Rules that have not left the rulebook on that day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


class OverrideQuerySet(models.QuerySet):
    """Local overrides."""

    def on_date(self, on: date):
        """Overrides whose period holds the day; the later start, then the later row, prevails among them."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
