"""The person (A01): what the front page of a file says. Raw text is kept beside every value that was read from it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from ..querysets import OfficialQuerySet
from ..search_functions import (
    ASKED_COLUMNS,
    KNOWN_BIRTH,
    KNOWN_POST,
    KNOWN_RANK,
    MINORITY,
    ON_THE_ROSTER,
    OUTSIDE_PARTY,
    SCHOOLS,
    Pairs,
)

LAST_IN_TEAM = 9999

# Before a person is written: the time of the change, and the copy of the unit's path, so that scope and order need no
# join. Writing an empty path asks for it to be looked up again (a unit has moved). The kinds of posts are written by the
# triggers of holdings and posts alone (migration 0010): whoever saves a person read earlier must not put them back.
BEFORE_WRITING = """
NEW.updated_at := now();
IF TG_OP = 'INSERT' OR NEW.home_id IS DISTINCT FROM OLD.home_id OR NEW.org_path IS DISTINCT FROM OLD.org_path THEN
    NEW.org_path := coalesce((SELECT o.path FROM organizations_organization o WHERE o.id = NEW.home_id), '');
END IF;
IF TG_OP = 'UPDATE' AND pg_trigger_depth() < 2 THEN
    NEW.positions := OLD.positions;
END IF;
RETURN NEW;
"""


@tracked(exclude=["id_cipher", "id_hash", "phone_cipher", "grams", "positions", "updated_at"])
class Official(models.Model):
    """Official (干部), information set A01.

    The identity number is stored encrypted, found by its keyed hash, shown masked. `…_text` fields keep what the file
    says, letter by letter: it is what is printed and archived; the value read from it stands beside it. Codes are those
    of the code tables named after each field. `org_path` and `team_order` are what lists are narrowed and ordered by.
    """

    derived_columns = ("org_path", "positions", "updated_at")

    # --- who -----------------------------------------------------------------------------------------------------
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    sort_key = models.CharField(_("pinyin"), max_length=120, db_collation="C", blank=True)
    grams = ArrayField(models.CharField(max_length=24), verbose_name=_("search keys"), default=list, blank=True)
    sex = models.CharField(_("sex"), max_length=1, blank=True)  # table sex
    id_cipher = models.BinaryField(_("identity number (encrypted)"))
    id_hash = models.CharField(_("look-up key of the identity number"), max_length=64, unique=True)
    id_masked = models.CharField(_("identity number"), max_length=18)
    birth_on = models.DateField(_("born on"), null=True, blank=True)
    birth_text = models.CharField(_("month of birth"), max_length=20, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=18, blank=True)  # label of table ethnicity
    native_place = models.CharField(_("native place"), max_length=60, blank=True)
    birth_place = models.CharField(_("place of birth"), max_length=60, blank=True)
    raised_in = models.CharField(_("raised in"), max_length=60, blank=True)
    health = models.CharField(_("health"), max_length=60, blank=True)
    phone_cipher = models.BinaryField(_("mobile phone (encrypted)"), default=b"", blank=True)
    phone_masked = models.CharField(_("mobile phone"), max_length=20, blank=True)
    # --- Party and work ------------------------------------------------------------------------------------------
    politics = models.CharField(_("political status"), max_length=18, blank=True)  # label of table politics
    party_text = models.CharField(_("joined the Party"), max_length=100, blank=True)
    party_on = models.DateField(_("joined the Party on"), null=True, blank=True)
    second_party = models.CharField(_("second party"), max_length=18, blank=True)
    third_party = models.CharField(_("third party"), max_length=18, blank=True)
    work_text = models.CharField(_("began to work"), max_length=20, blank=True)
    work_on = models.DateField(_("began to work on"), null=True, blank=True)
    # --- abilities -----------------------------------------------------------------------------------------------
    title_text = models.CharField(_("professional title"), max_length=120, blank=True)
    speciality = models.CharField(_("speciality"), max_length=220, blank=True)
    full_education = models.CharField(_("full-time education"), max_length=60, blank=True)
    full_degree = models.CharField(_("full-time degree"), max_length=60, blank=True)
    full_school = models.CharField(_("school of full-time education"), max_length=180, blank=True)
    full_degree_school = models.CharField(_("school of full-time degree"), max_length=180, blank=True)
    service_education = models.CharField(_("in-service education"), max_length=60, blank=True)
    service_degree = models.CharField(_("in-service degree"), max_length=60, blank=True)
    service_school = models.CharField(_("school of in-service education"), max_length=180, blank=True)
    service_degree_school = models.CharField(_("school of in-service degree"), max_length=180, blank=True)
    # --- where and what ------------------------------------------------------------------------------------------
    home = models.ForeignKey(
        "organizations.Organization",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="officials",
    )
    org_path = models.CharField(_("path of the unit"), max_length=120, db_collation="C", blank=True, editable=False)
    team_order = models.PositiveIntegerField(_("order in the unit"), default=LAST_IN_TEAM)
    # kinds of the posts ever held, as bits (POSITION_BITS): leaves few people of whom the dates of holdings are asked
    positions = models.PositiveSmallIntegerField(_("kinds of posts held"), default=0, db_default=0, editable=False)
    post_text = models.CharField(_("unit and post"), max_length=1000, blank=True)
    post_short = models.CharField(_("unit and post, short"), max_length=500, blank=True)
    post_on = models.DateField(_("in this post since"), null=True, blank=True)
    post_since_text = models.CharField(_("in this post since, as stated"), max_length=200, blank=True)
    level = models.CharField(_("level of post"), max_length=40, blank=True)  # label of table post_level
    level_on = models.DateField(_("at this level since"), null=True, blank=True)
    rank = models.CharField(pgettext_lazy("civil service", "rank"), max_length=40, blank=True)  # label of table rank
    rank_on = models.DateField(_("in this rank since"), null=True, blank=True)
    # --- how managed ---------------------------------------------------------------------------------------------
    category = models.CharField(_("category of staff"), max_length=40, blank=True)  # label of table person_category
    status = models.CharField(_("status"), max_length=2, default="1")  # table person_status: 1 in post
    managed_by = models.CharField(_("managed by"), max_length=40, blank=True)  # label of table manage_category
    establishment = models.CharField(_("establishment"), max_length=40, blank=True)  # label of table establishment
    salary_grade = models.CharField(pgettext_lazy("civil service", "grade"), max_length=40, blank=True)
    technical_rank = models.CharField(_("technical civil servant qualification"), max_length=60, blank=True)
    has_grassroots_years = models.BooleanField(_("two years or more at the grassroots"), null=True, blank=True)
    registered_on = models.DateField(_("registered as civil servant on"), null=True, blank=True)
    is_recruited_by_exam = models.BooleanField(_("recruited by examination"), null=True, blank=True)
    recruited_on = models.DateField(_("recruited on"), null=True, blank=True)
    is_selected_graduate = models.BooleanField(_("selected graduate (选调生)"), null=True, blank=True)
    selected_on = models.DateField(_("selected graduate since"), null=True, blank=True)
    # --- long texts ----------------------------------------------------------------------------------------------
    resume_text = models.TextField(_("résumé"), blank=True)
    awards_text = models.TextField(_("awards and sanctions"), blank=True)
    ratings_text = models.TextField(_("results of annual assessments"), blank=True)
    remark = models.CharField(pgettext_lazy("record", "remark"), max_length=500, blank=True)
    none_declared = ArrayField(
        models.CharField(max_length=20), verbose_name=_("declared: none such"), default=list, blank=True
    )
    # --- keeping -------------------------------------------------------------------------------------------------
    left_note = models.CharField(_("left the county"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    trashed_at = models.DateTimeField(_("put in the trash at"), null=True, blank=True)
    trashed_by_name = models.CharField(_("put in the trash by"), max_length=120, blank=True)
    trash_reason = models.CharField(_("reason for the trash"), max_length=300, blank=True)
    updated_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        permissions = [
            ("edit_official", _("Edit records of officials")),
            ("import_officials", _("Import records of officials")),
            ("export_officials", _("Export rosters and forms")),
            ("unmask_official", _("See identity numbers and phones in full")),
            ("trash_official", _("Put records in the trash and restore them")),
            ("view_own_file", _("See the own file and those of kin")),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="officials_by_name"),
            models.Index(KNOWN_BIRTH, "id", name="officials_by_birth"),
            models.Index(KNOWN_POST, "id", name="officials_by_post_day"),
            models.Index(KNOWN_RANK, "id", name="officials_by_rank_day"),
            models.Index(fields=["rank"], name="officials_by_rank"),
            models.Index(fields=["level"], name="officials_by_level"),
            models.Index(fields=["politics"], name="officials_by_politics"),
            models.Index(fields=["ethnicity"], name="officials_by_ethnicity"),
            models.Index(fields=["full_education"], name="officials_by_full_education"),
            models.Index(fields=["service_education"], name="officials_by_service_edu"),
            GinIndex(Pairs("post_text"), name="officials_by_post_pairs"),
            GinIndex(Pairs(SCHOOLS), name="officials_by_school_pairs"),
            models.Index(fields=["org_path", "team_order", "sort_key", "id"], name="officials_in_team_order"),
            models.Index(
                fields=["org_path", "team_order", "sort_key", "id"],
                include=ASKED_COLUMNS,
                condition=ON_THE_ROSTER,
                name="officials_on_the_roster",
            ),
            models.Index(fields=["positions"], condition=Q(positions__gt=0), name="officials_by_positions"),
            models.Index(fields=["name"], condition=Q(id_cipher=b""), name="officials_without_number"),
            models.Index(fields=["id"], condition=MINORITY, name="officials_of_minorities"),
            models.Index(fields=["id"], condition=OUTSIDE_PARTY, name="officials_outside_the_party"),
            models.Index(fields=["updated_at", "id"], name="officials_by_change"),
            GinIndex(fields=["grams"], name="officials_by_gram"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(trashed_at__isnull=True) | ~Q(trash_reason=""), name="trash_has_a_reason"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="before_writing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=BEFORE_WRITING,
            )
        ]

    def __str__(self):
        return self.name
