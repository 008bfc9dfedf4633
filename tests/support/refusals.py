"""What services refuse, in tests."""

import pytest

from foundation.common.results import DomainError


def refused(act, code) -> DomainError:
    """The act is refused with this code, or for a reason with it; returns the error."""
    with pytest.raises(DomainError) as caught:
        act()
    assert code in {caught.value.code, *(reason.code for reason in caught.value.reasons)}, caught.value
    return caught.value
