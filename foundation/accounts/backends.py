"""Password sign-in, and permissions from role grants for everything in Django that asks a backend."""

from django.contrib.auth.backends import ModelBackend

from foundation.regulations.services import tokens

from .models import RoleGrant


class RoleGrantBackend(ModelBackend):
    """Checks passwords as Django does; permissions come from the user's active role grants and nowhere else.

    Nothing is cached beyond the user object, so a changed role counts from the next request on.
    """

    def get_user(self, user_id):
        """The account of a session, with what every page asks next: all its grants and the state of the rulebook.

        One query; an account that never had a grant costs what it costs Django.
        """
        grants = list(
            RoleGrant.objects.system().filter(user=user_id).with_holder().annotate(rulebook=tokens.in_passing())
        )
        if not grants:
            return super().get_user(user_id)
        tokens.take(grants[0].rulebook)
        user = grants[0].user
        user.all_grants = grants
        return user if self.user_can_authenticate(user) else None

    def get_user_permissions(self, user_obj, obj=None):
        """None: rights are never given to single users."""
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        """Everything a user may do comes from roles."""
        return self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj, obj=None):
        """Permissions held somewhere today."""
        return user_obj.get_all_permissions(obj) if user_obj.is_authenticated else set()

    def has_perm(self, user_obj, perm, obj=None):
        """Does an active grant carry the permission?"""
        return user_obj.is_authenticated and user_obj.has_perm(perm, obj)

    def has_module_perms(self, user_obj, app_label):
        """Does an active grant carry any permission of the app?"""
        return user_obj.is_authenticated and user_obj.has_module_perms(app_label)

    def with_perm(self, perm, is_active=True, include_superusers=True, obj=None):
        """Refused: the answer depends on dates and places, ask `services.scope.holders_of`."""
        raise NotImplementedError("Use foundation.accounts.services.scope.holders_of")
