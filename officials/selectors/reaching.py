"""The month in which a person reaches the retirement age (到龄年月), where the record tells enough."""

from foundation.regulations.services.rulebook import Rulebook

from ..choices import Sex
from ..models import FormDetails, Official
from ..rules.card_columns import SEX_WORDS
from ..rules.partial_dates import DateUnreadable, PartialDate, parse_partial_date
from ..rules.retirement import RULE_OF_AGE, RaisedAge, compute_reaching, read_age_limit

MEN = 60  # 国发〔1978〕104号, the age before the reform; women's is 50, 55 or 60 by what they do, so it must be stated


def reaching_month(person: Official, form: FormDetails | None, book: Rulebook) -> PartialDate | None:
    """What the form states, else what the rule gives for the limit stated there, or a man's own.

    None when the limit of a woman is not stated, or no month of birth is known.
    """
    if form and form.reaches_text:
        try:
            return parse_partial_date(form.reaches_text)
        except DateUnreadable:
            return None
    limit = read_age_limit(form.limit_before_reform) if form and form.limit_before_reform else None
    if limit is None and person.sex == Sex.MALE:
        limit = MEN
    if limit is None or person.birth_on is None:
        return None
    rule = RULE_OF_AGE.get((SEX_WORDS.get(person.sex, ""), limit))
    at = book.get(rule) if rule else None
    raised = RaisedAge.of_rule(at.value, at.starts_on) if at else RaisedAge.fixed(limit)
    reached = compute_reaching(PartialDate(person.birth_on.year, person.birth_on.month), raised)
    return reached.month if reached else None
