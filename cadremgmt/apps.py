from django.apps import AppConfig


class CadreManagementConfig(AppConfig):
    """Top floor: pages across rooms, the demo county."""

    name = "cadremgmt"
