"""During long acts what stood before is left alone by the collector; afterwards everything is as it was."""

import gc

import pytest

from foundation.common.collector import NEW_ONES, seldom_collecting


def test_inside_old_objects_are_set_aside_and_afterwards_all_is_as_it_was():
    before = gc.get_threshold()
    frozen = gc.get_freeze_count()
    with seldom_collecting():
        assert gc.get_freeze_count() > frozen
        assert gc.get_threshold() == (NEW_ONES, *before[1:])
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_an_act_that_fails_leaves_the_collector_as_it_was():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), seldom_collecting():
        raise ValueError("broken")
    assert gc.get_threshold() == before
