"""Fields that sealed tables share."""

from django.db import models

from .functions import CurrentTransaction


def transaction_id_field(verbose_name=None):
    """Field `xact`: number of the transaction that wrote the row, set by the database. Every sealed table has one."""
    return models.BigIntegerField(verbose_name, db_default=CurrentTransaction(), db_index=True, editable=False)
