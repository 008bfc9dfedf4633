"""Posts and ranks with their days from files: the whole history that a file tells, beside the one that is recorded."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.exchange.rows import Finding, Level
from foundation.exchange.services.changes import snapshot
from foundation.organizations.choices import Kind
from foundation.organizations.models import Post

from ..models import PostHolding, RankHolding
from ..rules.partial_dates import PartialDate
from ..rules.post_history import HistoryPlan, Recorded, Stated, plan_history
from ..rules.unit_titles import read_title
from .import_holdings import level_codes, rank_labels

POST_COLUMNS = (
    "is_main", "document_no", "method", "is_leader", "is_team_member", "member_kind", "is_exceptional", "is_shown",
    "order_in_person", "end_document_no", "change_reason",
)  # fmt: skip
"""Columns of a holding that a line may bring beside post and days."""


def _day(text: str | None) -> PartialDate | None:
    return PartialDate.stored(text) if text else None


@dataclass
class History:
    """Recorded posts and ranks of many people, and what lines of a file mean beside them (2 queries)."""

    posts: dict[int, list[PostHolding]]
    ranks: dict[int, list[RankHolding]]

    @classmethod
    def of(cls, keys) -> "History":
        """Those of the people with these keys."""
        found, keys = cls(defaultdict(list), defaultdict(list)), list(keys)
        held = PostHolding.objects.system().filter(official__in=keys).select_related("post__organization")
        for row in held.order_by("pk"):
            found.posts[row.official_id].append(row)
        for row in RankHolding.objects.system().filter(official__in=keys).order_by("pk"):
            found.ranks[row.official_id].append(row)
        return found

    def plan_posts(self, person, lines, units) -> HistoryPlan:
        """The posts that lines state; the main ones exclude each other."""
        recorded = [
            Recorded(row.pk, _identity(row), row.starts_on, row.ends_on, row.is_main)
            for row in (self.posts[person.pk] if person else ())
        ]
        stated = [
            Stated(_identities(line, units), _day(line["starts"]), _day(line.get("ends")), line["is_main"])
            for line in lines
        ]
        return plan_history(recorded, stated)

    def plan_ranks(self, person, lines, *, is_rank: bool) -> HistoryPlan:
        """The ranks, or the levels, that lines state."""
        recorded = [
            Recorded(row.pk, (row.label,), row.starts_on, row.ends_on, row.ends_on is None)
            for row in (self.ranks[person.pk] if person else ())
            if row.is_rank is is_rank
        ]
        stated = [
            Stated(
                frozenset([(line["label"],)]), _day(line.get("starts")), _day(line.get("ends")), not line.get("ends")
            )
            for line in lines
        ]
        return plan_history(recorded, stated)

    def against(self, row, person, units):
        """Findings about a staged row whose posts or ranks cannot stand beside each other or beside the record."""
        posts = row.values.get("posts", [])
        if (clash := self.plan_posts(person, posts, units).against) is not None:
            yield _clash(row, "collection_posts_overlap", posts[clash[0]]["title"], posts[clash[0]]["starts"])
        for is_rank in (True, False):
            lines = [line for line in row.values.get("ranks", []) if line["is_rank"] is is_rank]
            if (clash := self.plan_ranks(person, lines, is_rank=is_rank).against) is not None:
                line = lines[clash[0]]
                yield _clash(row, "collection_ranks_overlap", line["label"], line.get("starts", ""))


def _clash(row, code, value, starts) -> Finding:
    shown = PartialDate.stored(starts).printed if starts else "—"
    return Finding(Level.ERROR, code, row.sheet, row.row, "", value, {"starts": shown})


def _identity(row: PostHolding) -> tuple:
    return (row.post.organization_id, row.post.title) if row.post_id else (row.unit_text, row.title_text)


def _identities(line, units) -> frozenset[tuple]:
    if not line.get("unit"):
        return frozenset([(line["unit_text"], line["title"])])
    unit = units[line["unit"]]
    return frozenset([(unit.pk, line["title"]), (unit.name, line["title"])])


def write_history(rows, people, units, changes) -> None:
    """Write the posts and ranks that rows bring as lists."""
    brought = [row for row in rows if row.values.get("posts") or row.values.get("ranks")]
    if not brought:
        return
    history = History.of(people[row.position].pk for row in brought)
    _write_posts(brought, people, units, history, changes)
    _write_ranks(brought, people, history, changes)
    changes.kept["fresh"] -= {people[row.position].pk for row in brought}  # they have posts and ranks now


class _Written:
    """New rows and changed ones, with how these were before."""

    def __init__(self, changes) -> None:
        self.changes = changes
        self.made, self.changed, self.before, self.names = [], {}, {}, set()

    def set(self, row, values: dict) -> None:
        """Change a recorded row where it differs."""
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            self.changes.counts["unchanged"] += 1
            return
        self.before.setdefault(row.pk, snapshot(row))
        for name, value in differing.items():
            setattr(row, name, value)
        self.changed[row.pk] = row
        self.names |= set(differing)

    def hand_over(self) -> None:
        """Give both to the changes of the batch."""
        self.changes.update(list(self.changed.values()), self.before, sorted(self.names))
        self.changes.create(self.made)


def _write_posts(rows, people, units, history, changes) -> None:
    posts, written = _Posts(rows, units, changes), _Written(changes)
    for row in rows:
        person, lines = people[row.position], row.values.get("posts", [])
        plan = history.plan_posts(person, lines, units)
        _refuse(plan, person)
        known = {held.pk: held for held in history.posts[person.pk]}
        for key, last in plan.closes.items():
            written.set(known[key], {"ends_on": last})
        for line, placed in zip(lines, plan.placed, strict=True):
            values = {name: line[name] for name in POST_COLUMNS if line.get(name) not in (None, "")}
            values |= {"starts_on": placed.starts_on, "ends_on": placed.ends_on}
            if placed.same is not None:
                written.set(known[placed.same], values)
            else:
                written.made.append(PostHolding(official=person, **posts.of(line), **values))
    written.hand_over()


def _refuse(plan: HistoryPlan, person) -> None:
    if plan.against is not None:
        raise DomainError(
            "POSTS_OVERLAP",
            _("%(name)s would hold two main posts on one day. Upload the file again: it is then read anew.")
            % {"name": person.name},
        )


class _Posts:
    """Posts of the register by unit and title (1 query); one that somebody holds now and that is missing is set up."""

    def __init__(self, rows, units, changes) -> None:
        self.units = units
        lines = [line for row in rows for line in row.values.get("posts", []) if line.get("unit")]
        keys = {units[line["unit"]].pk for line in lines}
        self.found, self.last = {}, defaultdict(int)
        for post in Post.objects.system().filter(organization__in=keys).order_by("ends_on", "pk"):
            self.found[post.organization_id, post.title] = post  # an open one wins over an abolished one
            self.last[post.organization_id] = max(self.last[post.organization_id], post.sort)
        ranks = rank_labels() if lines else frozenset()
        self.levels = _levels_of_main(rows) if lines else {}
        changes.create([self._made(line, ranks) for line in lines if self._is_missing(line)])

    def _is_missing(self, line) -> bool:
        return not line.get("ends") and (self.units[line["unit"]].pk, line["title"]) not in self.found

    def _made(self, line, ranks) -> Post:
        unit = self.units[line["unit"]]
        words = read_title(line["title"], ranks=ranks, in_section=unit.kind == Kind.SECTION)
        in_team = line.get("is_team_member", words.is_team_member)
        self.last[unit.pk] += 1
        post = self.found[unit.pk, line["title"]] = Post(
            organization=unit,
            title=line["title"],
            level=self.levels.get((line["unit"], line["title"]), ""),
            is_principal=words.is_principal,
            is_team_member=in_team,
            counts_quota=in_team,
            sort=self.last[unit.pk],
        )
        return post

    def of(self, line) -> dict:
        """Columns that name the post: that of the register, else unit and title as text."""
        if not line.get("unit"):
            return {"unit_text": line["unit_text"], "title_text": line["title"]}
        unit = self.units[line["unit"]]
        if post := self.found.get((unit.pk, line["title"])):
            return {"post": post}
        return {"unit_text": unit.name, "title_text": line["title"]}


def _levels_of_main(rows) -> dict[tuple[str, str], str]:
    """Level of the post that somebody mainly holds now (by code of the unit and title): the present level of the row."""
    known = level_codes()
    return {
        (line["unit"], line["title"]): known.get(row.values.get("level", ""), "")
        for row in rows
        for line in row.values.get("posts", [])
        if line.get("unit") and line.get("is_main") and not line.get("ends")
    }


def _write_ranks(rows, people, history, changes) -> None:
    written = _Written(changes)
    for row in rows:
        person = people[row.position]
        known = {held.pk: held for held in history.ranks[person.pk]}
        for is_rank in (True, False):
            lines = [line for line in row.values.get("ranks", []) if line["is_rank"] is is_rank]
            plan = history.plan_ranks(person, lines, is_rank=is_rank)
            _refuse(plan, person)
            for key, last in plan.closes.items():
                written.set(known[key], {"ends_on": last})
            for line, placed in zip(lines, plan.placed, strict=True):
                values = {"document_no": line["document_no"]} if line.get("document_no") else {}
                values |= {"starts_on": placed.starts_on, "ends_on": placed.ends_on}
                if placed.same is not None:
                    written.set(known[placed.same], values)
                else:
                    values |= {"is_rank": is_rank, "label": line["label"]}
                    written.made.append(RankHolding(official=person, **values))
    written.hand_over()
