"""PDF needs Chinese fonts on the machine: a test that prints is skipped without them, and fails where CI requires all."""

import os

import pytest

from foundation.common.results import DomainError
from foundation.exchange.reports.typeset import fonts_of_this_machine


def _are_there() -> bool:
    try:
        fonts_of_this_machine()
    except DomainError:
        return False
    return True


prints_pdf = pytest.mark.skipif(
    not _are_there() and os.environ.get("CADRE_BROWSER") != "required",
    reason="no Chinese fonts: ./dev browser installs them",
)
PDF = pytest.param("pdf", marks=prints_pdf)
