"""A collection workbook whose apply, or whose undo, fails at its k-th statement leaves everything as it was, for every k."""

import pytest

from foundation.common.actors import SystemActor
from foundation.exchange.services.batches import apply, stage, undo
from officials.models import Education, Official, RankHolding
from tests.exchange.files import state
from tests.support.faults import fail_everywhere
from tests.support.people import make_persona, make_tree

from .test_collection_exports import full_person, taken_out
from .test_services_collection import changed, forget_people

ACTOR = SystemActor("test")
pytestmark = pytest.mark.fault


def test_a_workbook_is_applied_and_taken_back_wholly_or_not_at_all(committed_ruled):
    tree = make_tree()
    data = taken_out(make_persona("cadre_section", tree.county_a), full_person(tree)).content
    forget_people()
    apply(
        stage(actor=ACTOR, kind_code="collection", data=data, file_name="a.xlsx", organization=tree.county_a),
        actor=ACTOR,
    )
    cells = {
        ("A01人员", "健康状况", 3): "一般", ("A02职务", "任职文号", 3): "甲财〔2010〕9号", ("A02职务", "任职机构名称", 5): "丁省某局",
        ("A05职务职级", "职务层次（职级）", 4): "二级主任科员", ("A05职务职级", "批准日期", 4): "202403",
        ("A08学历学位", "学校（单位）名称", 3): "另一大学", ("A36家庭及社会关系", "家庭成员姓名", 4): "何小山",
    }  # fmt: skip
    data = changed(data, cells)
    batch = stage(actor=ACTOR, kind_code="collection", data=data, file_name="b.xlsx", organization=tree.county_a)
    assert fail_everywhere(lambda: apply(batch, actor=ACTOR), state) > 20
    assert (Official.objects.get().health, Education.objects.count()) == ("一般", 4)
    assert fail_everywhere(lambda: undo(batch, actor=ACTOR, reason="x"), state) > 20
    assert (Official.objects.get().health, RankHolding.objects.filter(label="二级主任科员").exists()) == ("", False)
