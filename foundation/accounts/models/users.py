"""The account of a person, and what it may do."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.common.scoping import NOWHERE, Scope
from foundation.organizations.models import Organization

from ..querysets import UserQuerySet

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,59}$"


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Looks accounts up by user name; accounts are made by `services.accounts`."""

    def get_by_natural_key(self, username):
        """The account with this user name, whatever the case in which it was typed."""
        return self.get(username=self.model.normalize_username(username))

    def create_superuser(self, *args, **kwargs):
        """Refused: nobody stands above the rules. The three administrators are made by `create_administrators`."""
        raise NotImplementedError("There is no superuser. Run: manage.py create_administrators")


@tracked(exclude=("password", "last_login", "person_key"))
class User(AbstractBaseUser):
    """Account of one person (账号). Rights come from role grants alone: no superuser, no rights of single users."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                USERNAME_PATTERN,
                _("Use 2 to 60 lower-case letters, digits, full stops, hyphens or underscores."),
            )
        ],
    )
    display_name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("home unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    password_set_at = models.DateTimeField(_("password set at"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    # Keyed hash of the holder's identity number: nobody sees the own file or that of kin (任用条例 回避). The number
    # itself is not kept here.
    person_key = models.CharField(_("look-up key of the holder"), max_length=64, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    is_system = False
    is_superuser = False
    allowed_by_key: frozenset[str] | None = None  # set while a key speaks for the user: permissions beyond it are shut

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        permissions = [("manage_accounts", _("Open, lock and reset accounts"))]
        constraints = [
            models.CheckConstraint(condition=Q(username__regex=USERNAME_PATTERN), name="account_user_name_is_plain"),
        ]
        indexes = [models.Index(fields=["organization", "username"])]

    def __str__(self):
        return self.display_name or self.username

    @classmethod
    def normalize_username(cls, username):
        """User names are kept in lower case, so that two people never differ by case alone."""
        return super().normalize_username((username or "").strip()).lower()

    def get_full_name(self):
        """Name for people."""
        return self.display_name

    def get_short_name(self):
        """Name for people, in narrow places."""
        return self.display_name

    @property
    def home_path(self) -> str:
        """Path of the home unit, for audit entries; empty without one."""
        return self.organization.path if self.organization else ""

    # --- rights -------------------------------------------------------------------------------------------------
    @cached_property
    def all_grants(self):
        """Every grant the user ever had: one query per user object, that is per request."""
        return list(self.grants.select_related("organization", "group").order_by("pk"))

    def forget_grants(self):
        """Drop the cached grants after one was added or ended."""
        for cached in ("all_grants", "_scopes"):
            self.__dict__.pop(cached, None)

    def active_grants(self, on=None) -> list:
        """Grants in force on a day (today when not said)."""
        day = on or timezone.localdate()
        return [grant for grant in self.all_grants if grant.is_in_force(day)]

    def roles_on(self, on=None) -> list:
        """Roles held on a day, each once, in the order of their grants."""
        return list({grant.role.code: grant.role for grant in self.active_grants(on)}.values())

    @property
    def role_codes(self) -> tuple[str, ...]:
        """Codes of the roles held today; audit entries keep a copy."""
        return tuple(role.code for role in self.roles_on())

    def scope_for(self, perm: str, on=None) -> Scope:
        """Where the user holds a permission on a day: the union of the grants whose role has it."""
        if not self.is_active or (self.allowed_by_key is not None and perm not in self.allowed_by_key):
            return NOWHERE
        day = on or timezone.localdate()
        if (perm, day) not in self._scopes:
            self._scopes[perm, day] = self._scope_of([g for g in self.active_grants(day) if perm in g.role.permissions])
        return self._scopes[perm, day]

    @cached_property
    def _scopes(self) -> dict[tuple, Scope]:
        """What `scope_for` has worked out of these grants: a page asks the same dozens of times."""
        return {}

    @staticmethod
    def _scope_of(found) -> Scope:
        if any(grant.organization_id is None for grant in found):
            return Scope(everything=True)
        return Scope(
            paths=tuple(sorted({grant.organization.path for grant in found if grant.include_subtree})),
            exact=tuple(sorted({grant.organization.path for grant in found if not grant.include_subtree})),
        )

    def get_all_permissions(self, obj=None) -> set[str]:
        """Every permission held somewhere today."""
        if not self.is_active or obj is not None:
            return set()
        held = set().union(*(role.permissions for role in self.roles_on()))
        return held if self.allowed_by_key is None else held & self.allowed_by_key

    def has_perm(self, perm: str, obj=None) -> bool:
        """Does the user hold the permission somewhere? Where, is answered by `scope_for`; single objects by neither."""
        return obj is None and bool(self.scope_for(perm))

    def has_perms(self, perm_list, obj=None) -> bool:
        """Does the user hold all of the permissions?"""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Does the user hold any permission of an app? (the admin's index asks)"""
        return any(perm.partition(".")[0] == app_label for perm in self.get_all_permissions())

    @property
    def is_staff(self) -> bool:
        """May open the read-only admin: a role says so, never a flag."""
        return self.is_active and any(role.reads_admin for role in self.roles_on())


class PastPassword(models.Model):
    """Hash of a password used earlier, so that the last ones are not used again (GB/T 22239-2019 8.1.4.1 a)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier password")
        verbose_name_plural = _("earlier passwords")
        default_permissions = ()
        indexes = [models.Index(fields=["user", "-set_at"])]

    def __str__(self):
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"
