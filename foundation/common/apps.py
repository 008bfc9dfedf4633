from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Room without tables."""

    name = "foundation.common"
    label = "common"
