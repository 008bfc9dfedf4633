"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions
from foundation.audit.targets import name_targets

name_actions(
    {
        "exchange.import.applied": _("Import applied"),
        "exchange.import.columns": _("Columns of an import assigned"),
        "exchange.import.decided": _("Rows of an import decided about"),
        "exchange.import.downloaded": _("File of an import downloaded"),
        "exchange.import.ordered": _("Act on an import given to the worker"),
        "exchange.import.received": _("File taken in, to be read by the worker"),
        "exchange.import.staged": _("File read for import"),
        "exchange.import.undone": _("Import undone"),
    }
)
name_targets({"exchange.batch": _("Import batch")})
