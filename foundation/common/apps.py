from django.apps import AppConfig

from . import checks


class CommonConfig(AppConfig):
    """Room without tables."""

    name = "foundation.common"
    label = "common"
    checks = checks
