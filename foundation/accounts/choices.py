"""Closed code sets that drive branches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """Duty that nobody may combine with another: the three administrators 三员 and all business work.

    GB/T 22239-2019 level 3, 8.1.4.2 d and 8.1.5.1-3: separated administration rights.
    """

    BUSINESS = "business", _("business work")
    SYSTEM = "system", _("system administration")
    SECURITY = "security", _("security administration")
    AUDIT = "audit", _("security audit")
