"""Names against the register: exact, or told with offers."""

from foundation.exchange.matching import NameIndex


def index() -> NameIndex:
    found = NameIndex()
    found.add("D1", "市政务和数据局", ("鹤山市政务服务和数据管理局", "市政务和数据局"), ("市行政服务中心",))
    found.add("D2", "市财政局", ("鹤山市财政局", "市财政局"))
    found.add("S1", "办公室", ("办公室",))
    found.add("S2", "办公室", ("办公室",))
    return found


def test_a_name_is_found_by_every_present_spelling():
    for name in ("鹤山市政务服务和数据管理局", "市政务和数据局", "　市政务和数据局 ", "市政务和\n数据局"):
        assert index().find(name).code == "D1"
        assert not index().find(name).is_former


def test_a_former_name_is_found_and_marked():
    match = index().find("市行政服务中心")
    assert (match.code, match.is_former) == ("D1", True)


def test_a_present_name_wins_over_another_units_former_name():
    found = index()
    found.add("D3", "新局", ("新局",), ("市财政局",))
    assert found.find("市财政局").codes == ("D2",)


def test_a_name_of_two_units_is_ambiguous():
    match = index().find("办公室")
    assert (match.code, match.codes) == (None, ("S1", "S2"))


def test_offers_are_the_likest_names_first_and_never_an_answer():
    assert index().find("市财局").codes == ()
    assert [c.code for c in index().offers("市财局")][0] == "D2"
    assert index().offers("Ω") == ()


def test_offers_are_at_most_five():
    found = NameIndex()
    for number in range(20):
        found.add(f"D{number}", f"第{number}局", (f"第{number}局",))
    assert len(found.offers("第局")) == 5


def test_an_empty_name_is_nobodys():
    found = NameIndex()
    found.add("D1", "甲", ("甲", ""))
    assert found.find("").codes == ()
