"""Small files of county A, as the office would mail them, and the state of the whole database to compare."""

from django.db import connection

from tests.support.workbooks import workbook

UNITS = "code,name,short_name,kind,parent,valid_from,staffing,category_2024"
POSTS = "unit,post,principal,id_number,name,from,to,note"
SCHEMES = (
    "year,category,bonus_cap,deduction_cap,veto_effect,places,excellent_share,excellent_line,good_line,pass_line,"
    "bottom_mode,bottom_value,min_class_size,exempt_line,bottom_ties,tie_breakers"
)
# What an import leaves beside the data: its own rows, entries, history, and counters.
TRACES = ("exchange_", "audit_", "pghistory_", "django_session", "axes_", "celery")


def table(header: str, *rows: str) -> bytes:
    """A csv file."""
    return "\n".join((header, *rows, "")).encode()


def units(*rows: str) -> bytes:
    """Departments of county A."""
    return table(UNITS, *rows)


TWO_UNITS = units(
    "A-W1,甲县水利局,水利局,department,A,2001-03-01,20,GENERAL",
    "A-W2,甲县林业局,林业局,department,A,2002-03-01,12,GENERAL",
)
TWO_POSTS = table(
    POSTS,
    "A-W1,局长,1,440784197709059384,劳佩若,2016-06-02,2024-09-26,调出",
    "A-W1,局长,1,440784196909049012,郭沛,2024-09-27,,",
)
SCHEME = table(SCHEMES, "2024,GENERAL,5,-10,cap_grade,2,0.30,90,80,70,last_n,1,3,,all,[]")
INDICATORS = table(
    "year,category,group,code,name,weight,unit_of_measure,responsible_code,responsible_name,method,direction,params",
    "2024,GENERAL,共性,G1,重点工作,60,分,A-W1,水利局,direct,higher,{}",
    "2024,GENERAL,个性,G2,群众满意度,40,分,A-W1,水利局,direct,higher,{}",
)


def score_book(county, *, best: int = 90, bonus: str = "", veto: str = "") -> bytes:
    """The workbook of a small county: figures falling from `best`, targets, a bonus and a veto for the first unit."""
    names = [unit.name for unit in county.units]
    return workbook(
        {
            "综合管理类": [
                ("单位", "重点工作", "目标完成率"),
                *((name, best - place, 80 - place) for place, name in enumerate(names)),
                (),
                ("二、年度目标值",),
                ("单位", "目标完成率"),
                *((name, 100) for name in names),
            ],
            "加分扣分": [
                ("单位", "类别", "项目", "分值", "事由", "文号", "编号"),
                *([(names[0], "加分", "表彰", bonus, "表彰", "甲〔2024〕1号", "J1")] if bonus else []),
            ],
            "一票否决": [
                ("单位", "否决事项", "认定单位", "文号", "编号"),
                *([(names[0], veto, "甲县", "甲〔2024〕2号", "F1")] if veto else []),
            ],
        }
    )


def state(*, data_only: bool = False) -> dict[str, str]:
    """Every table with a digest of all its rows; `data_only` leaves out traces, history and sequences."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if not _is_left_out(name, data_only)]
        one = "SELECT '{0}', count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM \"{0}\" t"
        cursor.execute(" UNION ALL ".join(one.format(name) for name in names))
        return dict(cursor.fetchall())


def _is_left_out(name: str, data_only: bool) -> bool:
    return data_only and (name.startswith(TRACES) or name.endswith("rowevent"))
