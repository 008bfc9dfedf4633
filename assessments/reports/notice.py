"""The notice of a unit's result (考核结果通知书): a letter that says result, rank, grade, and what follows. Pure.

An official letter is Chinese whatever language the office's pages have: callers override the language.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.common.templatetags.ui import rounded
from foundation.exchange.reports.content import Column, Row, Table
from foundation.exchange.reports.letter_heads import Heading
from foundation.exchange.reports.letters import Letter, Paragraph, Part

from ..choices import MeasureStep


def notice(row, groups: list[tuple[str, Decimal, Decimal]], category: str, heading: Heading, number) -> Letter:
    """The letter about a result. `groups` are name, weight that counted, and points of each group of indicators."""
    year = row.run.cycle.year
    place = row.run.cycle.jurisdiction.name
    texts = [
        Paragraph(
            _("By the scheme of the yearly assessment of %(place)s for %(year)d, your unit's result is as follows.")
            % {"place": place, "year": year}
        ),
        Paragraph(_("1. Result"), Part.HEADING),
        Paragraph(_result(row, category)),
        Paragraph(_("2. Points"), Part.HEADING),
        Paragraph(_("Points by group of indicators:")),
    ]
    table_after = len(texts) - 1
    follows = _consequences(row)
    if follows:
        texts.append(Paragraph(_("3. What follows"), Part.HEADING))
        texts += [Paragraph(text) for text in follows]
    texts.append(Paragraph(_("This is for your notice.")))
    return Letter(
        mark=heading.mark,
        symbol=heading.symbol(number),
        title=_("Notice of the result of the yearly assessment %(year)d") % {"year": year},
        addressee=_("%(unit)s:") % {"unit": row.unit.name},
        paragraphs=tuple(texts),
        issuer=heading.issuer,
        issued_on=heading.issued_on,
        table=_table(groups),
        table_after=table_after,
        copies=heading.copies,
        printed_by=heading.issuer if heading.copies else "",
    )


def _result(row, category: str) -> str:
    places = row.notes["places"]
    values = {
        "category": category,
        "n": row.n,
        "total": rounded(row.total, places),
        "base": rounded(row.base, 4),
        "bonus": rounded(row.bonus, 2),
        "deduction": rounded(-row.deduction, 2),
        "rank": row.rank,
        "grade": row.grade,
    }
    text = _(
        "Your unit belongs to %(category)s, in which %(n)d units were assessed. Total %(total)s points (base %(base)s, bonus %(bonus)s, deduction %(deduction)s), rank %(rank)d, grade %(grade)s."
    )
    said = [text % values]
    if row.notes["sharing"] > 1:
        said.append(_("The rank is shared by %(n)d units.") % {"n": row.notes["sharing"]})
    if row.vetoes:
        said.append(_("Vetoes (一票否决) counted: %(n)d.") % {"n": row.vetoes})
    return "".join(said)


def _consequences(row) -> list[str]:
    """What being among the last leads to; nothing for other units."""
    if not row.flagged:
        return []
    if row.shielded:
        return [
            _(
                "Your unit is among the last of its category. By a tolerance decision (容错) no measure is proposed, and the year does not count towards years in a row."
            )
        ]
    first = (
        _("Your unit is among the last of its category.")
        if row.streak == 1
        else _("Your unit is among the last of its category, %(n)d years in a row.") % {"n": row.streak}
    )
    if row.step == MeasureStep.NONE:
        return [first]
    sentences = {
        MeasureStep.REMINDER_TALK: _("A reminder talk (谈话提醒) with the principal leaders of your unit is proposed."),
        MeasureStep.ADMONISHMENT: _("An admonishment (诫勉谈话) of the principal leaders of your unit is proposed."),
        MeasureStep.POST_ADJUSTMENT: _("An adjustment of the posts (岗位调整) of the principal leaders is proposed."),
    }
    until = _("It is carried out after approval only; the rank itself changes nobody's post or rank.")
    return ["".join([first, sentences[MeasureStep(row.step)], until])]


def _table(groups) -> Table:
    columns = (Column(_("Group of indicators"), 16), Column(_("Effective weight"), 8, 2), Column(_("Points"), 8, 2))
    rows = [Row((name, weight, points)) for name, weight, points in groups]
    return Table(columns, tuple(rows))
