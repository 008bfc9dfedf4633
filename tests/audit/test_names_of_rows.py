"""The history of a row names what its columns point to, beside the key."""

import pytest

from foundation.audit.selectors import history_of, tracked_model
from foundation.organizations.models import Post

pytestmark = pytest.mark.django_db


def test_a_unit_in_the_history_of_a_post_stands_with_its_name(tree, django_assert_max_num_queries):
    post = Post.objects.create(organization=tree.finance, title="局长")
    with django_assert_max_num_queries(6):
        [change] = history_of(tracked_model("organizations.Post"), post.pk)
    assert f"甲县财政局 ({tree.finance.pk})" in [field.new for field in change.fields]
