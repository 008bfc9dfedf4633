"""The history of a row names what its columns point to, beside the key."""

from datetime import date

import pytest
from django.db import connection

from foundation.audit.selectors import changes_of_transaction, history_of, tracked_model
from foundation.organizations.models import Post
from officials.models import PostHolding
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_a_unit_in_the_history_of_a_post_stands_with_its_name(tree, django_assert_max_num_queries):
    post = Post.objects.create(organization=tree.finance, title="局长")
    with django_assert_max_num_queries(6):
        [change] = history_of(tracked_model("organizations.Post"), post.pk)
    assert f"甲县财政局 ({tree.finance.pk})" in [field.new for field in change.fields]
    assert change.called == "局长"


def test_the_rows_of_one_act_stand_with_their_names_in_one_query_for_all_tables(tree, django_assert_max_num_queries):
    person = make_person("何志强", tree.finance)
    post = Post.objects.create(organization=tree.finance, title="局长")
    PostHolding.objects.create(official=person, post=post, starts_on=date(2020, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (xact,) = cursor.fetchone()
    with django_assert_max_num_queries(
        8
    ):  # per table its events and those before them; once the tables, once the names
        changes = changes_of_transaction(xact)
    held = next(change for change in changes if change.model_label == "officials.PostHolding")
    assert held.called == "何志强 · 局长"
    assert {f"何志强 ({person.pk})", f"局长 ({post.pk})"} <= {field.new for field in held.fields}
    assert {change.called for change in changes} >= {"何志强", "局长"}
