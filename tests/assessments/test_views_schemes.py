"""Pages of the schemes: what they show, what a refused form says, who was faster, and how often they ask the database."""

from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.models import Cycle, Scheme, SchemeAmendment
from assessments.services.scheme_content import content_of
from foundation.accounts.models import User
from tests.support.people import client_of
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]
COUNTY = "440784"


@pytest.fixture
def client():
    return client_of(User.objects.get(username="kaohe"))


@pytest.fixture
def draft():
    Scheme.objects.filter(cycle__year=2025).update(state="draft", issued_on=None)
    return Scheme.objects.select_related("cycle__jurisdiction").get(cycle__year=2025, category="GENERAL")


@pytest.fixture
def issued():
    return Scheme.objects.select_related("cycle__jurisdiction").get(cycle__year=2025, category="GENERAL")


def address(name, *args):
    return reverse(f"assessments:{name}", args=[COUNTY, 2025, *args])


def posted(client, where, **changes) -> dict:
    """What the editor's form would send, with changes."""
    sheet = client.get(where).context["sheet"]
    data = {"row": [row.prefix for row in sheet.rows], "version": str(client.get(where).context["version"])}
    for form in (*sheet.rows, sheet.parameters):
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else str(value)
    return data | changes


def test_the_list_tells_state_weights_and_document(client):
    text = client.get(address("scheme-list")).content.decode()
    for word in ("综合管理类", "已印发", "鹤考委〔2025〕2号", "2025.03.15"):
        assert word in text


def test_a_liaison_reads_schemes_but_is_offered_no_act():
    client = client_of(User.objects.get(username="caizheng"))
    text = client.get(address("scheme", "GENERAL")).content.decode()
    assert "年度重点任务完成数" in text
    assert address("scheme-amend", "GENERAL") not in text


def test_a_draft_is_saved_from_the_form(client, draft):
    where = address("scheme-edit", "GENERAL")
    answer = client.post(where, posted(client, where, **{"r0-weight": "22.5", "good_line": "82"}))
    assert (answer.status_code, answer.url) == (302, where)
    draft.refresh_from_db()
    assert content_of(draft).leaves[0].weight == 22.5
    assert draft.good_line == 82


def test_the_posted_order_is_the_order_of_the_indicators(client, draft):
    where = address("scheme-edit", "GENERAL")
    data = posted(client, where)
    data["row"] = list(reversed(data["row"]))
    before = [leaf.code for leaf in content_of(draft).leaves]
    client.post(where, data)
    assert [leaf.code for leaf in content_of(draft).leaves] == before[::-1]


def test_without_a_script_rows_are_added_moved_and_taken_out_by_the_server(client, draft):
    where = address("scheme-edit", "GENERAL")
    typed = {"r0-name": "改了名的指标"}
    codes = [leaf.code for leaf in content_of(draft).leaves]

    def rows(act):
        sheet = client.post(where, posted(client, where, act=act, **typed)).context["sheet"]
        return [row["code"].value() for row in sheet.rows], sheet.rows

    assert rows("add")[0] == [*codes, None]
    assert rows("down:r0")[0][:2] == [codes[1], codes[0]]
    assert rows("up:r0")[0] == codes
    found, forms = rows("drop:r1")
    assert found == [codes[0], *codes[2:]]
    assert forms[0]["name"].value() == "改了名的指标"
    assert content_of(draft).leaves[0].name != "改了名的指标"


@pytest.mark.parametrize(("editor", "state"), [("scheme-edit", "draft"), ("scheme-amend", "issued")])
def test_what_goes_with_a_dropped_indicator_is_told_and_asked_before(client, request, editor, state):
    """G01 has figures of the 21 units of the category; the next indicator takes its weight over."""
    request.getfixturevalue(state)
    where = address(editor, "GENERAL")
    data = posted(client, where, document_no="鹤考委〔2025〕9号", reason="停止考核")
    data["row"] = data["row"][1:]
    data["r1-weight"] = str(Decimal(data["r0-weight"]) + Decimal(data["r1-weight"]))
    asked = client.post(where, data)
    text = asked.content.decode()
    assert asked.status_code == 409
    assert "21 条数据，涉及 21 个单位" in text
    assert 'type="checkbox" name="figures_removed" value="21"' in text
    assert Scheme.objects.get(cycle__year=2025, category="GENERAL").indicators.filter(code="G01").exists()
    done = client.post(where, data | {"figures_removed": "21"})
    assert done.status_code == 302
    assert not Scheme.objects.get(cycle__year=2025, category="GENERAL").indicators.filter(code="G01").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"r0-weight": "viel"}, "r0-weight"),
        ({"r0-weight": "-1"}, "r0-weight"),
        ({"r0-cap": "130"}, "r0-cap"),
        ({"r0-responsible": "没有这个局"}, "r0-responsible"),
        ({"r0-method": "grade", "r0-table": "优-良"}, "r0-table"),
        ({"r0-method": "efficacy", "r0-best": "3"}, "r0-worst"),
        ({"r1-code": "G01"}, "r0-code"),
        ({"good_line": "95"}, "excellent_line"),
    ],
)
def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(client, draft, changes, said):
    where, version = address("scheme-edit", "GENERAL"), draft.version
    answer = client.post(where, posted(client, where, **changes))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'href="#id_{said}"' in text
    for value in changes.values():
        assert value in text
    draft.refresh_from_db()
    assert draft.version == version


def test_the_second_editor_is_told_and_keeps_what_was_typed(client, draft):
    where = address("scheme-edit", "GENERAL")
    mine = posted(client, where, **{"r1-name": "我的改动"})
    client.post(where, posted(client, where, **{"r0-weight": "21"}))
    answer = client.post(where, mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    for word in ("梁敏", "20 → 21", "我的改动"):
        assert word in text
    draft.refresh_from_db()
    assert answer.context["version"] == draft.version


def test_raising_a_weight_of_an_issued_scheme_is_refused_with_the_way_out(client, issued):
    edit, amend = address("scheme-edit", "GENERAL"), address("scheme-amend", "GENERAL")
    assert client.get(edit).url == address("scheme", "GENERAL")
    answer = client.post(edit, posted(client, amend, **{"r0-weight": "25"}))
    assert answer.status_code == 409
    assert "修订" in answer.content.decode()


def test_an_amendment_is_made_from_the_form_and_shown_on_the_page(client, issued):
    where = address("scheme-amend", "GENERAL")
    data = posted(client, where, **{"r0-weight": "18", "r1-weight": "12"})
    refused = client.post(where, data)
    assert refused.status_code == 422  # reason and document are missing
    data |= {"reason": "市委常委会决定调整", "document_no": "鹤考委〔2025〕9号"}
    assert client.post(where, data).status_code == 302
    assert SchemeAmendment.objects.get().number == 1
    text = client.get(address("scheme", "GENERAL")).content.decode()
    for word in ("鹤考委〔2025〕9号", "市委常委会决定调整", "20 → 18"):
        assert word in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"method": "completion", "direction": "higher", "weight": "20"}, "92 ÷ 100 × 100 = <strong>92</strong>"),
        ({"method": "completion", "direction": "lower", "cap": "120"}, "100 ÷ 125 × 100 = <strong>80</strong>"),
        ({"method": "rank", "direction": "higher", "step": "5"}, "100 − 5 × (4 − 1) = <strong>85</strong>"),
        ({"method": "efficacy", "direction": "higher"}, "60 + 40 × (92 − 80) ÷ (98 − 80) = <strong>86.6667</strong>"),
        ({"method": "efficacy", "direction": "lower", "best": "0", "worst": "5"}, "<strong>90</strong>"),
        ({"method": "grade", "direction": "higher"}, "<strong>85</strong>"),
        ({"method": "grade", "direction": "higher", "table": "好=90"}, "<strong>90</strong>"),
        ({"method": "pass", "direction": "lower", "threshold": "3"}, "3 ≤ 3 → <strong>100</strong>"),
        ({"method": "direct", "direction": "higher"}, "<strong>92.5</strong>"),
        ({"method": "pass", "direction": "higher"}, "填写参数后显示示例"),
        ({"method": "completion", "direction": "higher", "cap": "200"}, "field-error"),
        ({"method": "rank", "direction": "higher", "step": "x"}, "field-error"),
    ],
)
def test_every_method_has_a_worked_example(client, issued, fields, said):
    data = {"prefix": "r3"} | {f"r3-{name}": value for name, value in fields.items()}
    assert said in client.get(address("scheme-example", "GENERAL"), data).content.decode()


def test_a_year_is_begun_with_last_years_schemes(client):
    answer = client.post(address("scheme-copy"), {"year": "2026"})
    assert answer.url == reverse("assessments:scheme-list", args=[COUNTY, 2026])
    assert set(Scheme.objects.filter(cycle__year=2026).values_list("state", flat=True)) == {"draft"}
    again = client.post(address("scheme-copy"), {"year": "2026"})
    assert again.status_code == 422


def test_issuing_lists_every_fault_and_then_locks(client, draft):
    where = address("scheme-edit", "GENERAL")
    client.post(where, posted(client, where, **{"r0-weight": "19"}))
    page = client.get(address("scheme-issue")).content.decode()
    assert "距 100 还差 1" in page
    client.post(where, posted(client, where, **{"r0-weight": "20"}))
    data = {"document_no": "鹤考委〔2025〕3号", "issued_on": "2025-04-01"}
    assert client.post(address("scheme-issue"), data).status_code == 302
    draft.refresh_from_db()
    assert draft.is_issued


def test_a_scheme_is_begun_for_a_category(client):
    cycle = Cycle.objects.create(jurisdiction=Cycle.objects.first().jurisdiction, year=2026)
    where = reverse("assessments:scheme-add", args=[COUNTY, cycle.year])
    assert client.post(where, {"category": "KEY"}).url.endswith("/2026/schemes/KEY/edit/")
    assert client.post(where, {"category": "KEY"}).url.endswith("/2026/schemes/")


def test_the_difference_of_two_years_tells_what_came_and_went(client):
    text = client.get(address("scheme-difference")).content.decode()
    for word in ("数字政务应用得分", "新增", "取消", "+2.5", "得分上限 120"):
        assert word in text


def test_the_trial_stands_beside_the_real_year(client):
    text = client.get(address("scheme-trial", "GENERAL"), {"year": "2024"}).content.decode()
    for word in ("G12 数字政务应用得分", "7.5", "440784-2024-01"):
        assert word in text


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("schemes of a year", ("scheme-list",)),
        ("scheme", ("scheme", "GENERAL")),
        ("amend a scheme", ("scheme-amend", "GENERAL")),
        ("worked example", ("scheme-example", "GENERAL")),
        ("difference of schemes", ("scheme-difference",)),
        ("copy schemes", ("scheme-copy",)),
        ("issue schemes", ("scheme-issue",)),
        ("trial of a scheme", ("scheme-trial", "GENERAL")),
    ],
)
def test_pages_ask_as_often_as_recorded(client, name, place):
    client.get(address(*place))
    with assert_query_baseline(name):
        client.get(address(*place))
