"""What the words of a section and a title say: which of the duties of avoidance (AV3) somebody does, who runs a business. Pure.

公务员法 第74条: 组织、人事、纪检、监察、审计、财务. The register of posts marks sensitive posts, but not of which kind; the names of
sections and titles do. What a name does not say is not assumed.
"""

import re

_DUTIES = (
    ("HR", re.compile(r"(?<!社会)组织(?:人事|干部|科|股|室|委员|部|办)|人事(?!考试|争议)|政工|(?<!老)(?<!离退休)干部(?:科|股|室|监督|人事)")),
    ("DISC", re.compile(r"纪检|监察(?!支队|大队|中队|站)|纪委|纪律检查")),
    ("AUDIT", re.compile(r"审计")),
    ("FIN", re.compile(r"财务|计财|会计(?!管理|考试|人员)|出纳|财会|报账")),
)  # fmt: skip
_FIRM = re.compile(
    r"公司|厂|企业|集团|商行|商店|酒楼|酒店|宾馆|旅行社|网吧|药店|诊所|培训|事务所|合作社|养殖场|农场|个体"
)
_RUNS = re.compile(
    r"法定代表人|法人代表|董事长|执行董事|总经理|(?<!客户)(?<!部门)(?<!项目)经理|总裁|股东|合伙人|投资人|经营者|业主|老板|厂长|店主|负责人|个体"
)
_NO_OWNER = re.compile(r"国有|供销社|农商|银行|信用社|电网|供电|烟草|石化|石油|移动通信|电信|联通|保险")
INDUSTRIES = {
    "CONSTRUCTION": (r"建筑|建设|工程|房地产|置业|物业|装饰|监理|砂石", r"住房|城乡建设|住建|城市管理|城管"),
    "LAND": (r"采石|矿|测绘|土地|勘察", r"自然资源|国土|规划"),
    "TRANSPORT": (r"运输|物流|客运|驾校|驾驶培训|汽修|汽车维修", r"交通"),
    "HEALTH": (r"医院|诊所|医疗|门诊|养老", r"卫生健康|卫健|医疗保障|医保"),
    "MARKET": (r"食品|餐饮|酒楼|饭店|药店|药品|医药|特种设备|检测", r"市场监督|市场监管"),
    "EDUCATION": (r"培训|幼儿园|学校|教育", r"教育局|教育和"),
    "CULTURE": (r"旅行社|旅游|酒店|宾馆|网吧|娱乐|影院|传媒", r"文化|旅游|文广"),
    "ENVIRONMENT": (r"环保|环境|排污|危废|固废", r"生态环境|环保局"),
    "FARMING": (r"养殖|农业|种子|饲料|农场|农药|兽药|合作社|渔", r"农业农村|畜牧|林业"),
    "WATER": (r"水利|水务|供水|疏浚|河砂", r"水利|水务"),
    "SAFETY": (r"烟花|爆竹|危险化学|危化|安全评价", r"应急管理|安全生产"),
    "LABOUR": (r"劳务|人力资源|人才", r"人力资源|人社"),
}
"""Words of a business, and words of the organs that regulate it."""


def duties_of(words: str) -> frozenset[str]:
    """Codes of table sensitive_post that the name of a section or a title tells: HR, DISC, AUDIT, FIN."""
    return frozenset(code for code, pattern in _DUTIES if pattern.search(words))


def runs_a_business(work: str) -> bool:
    """Does the entry under unit and post say that this person runs, owns or leads a private business?"""
    return bool(_FIRM.search(work) and _RUNS.search(work)) and not _NO_OWNER.search(work)


def industries_of_business(work: str) -> frozenset[str]:
    """Industries that the words of a business tell."""
    return frozenset(code for code, (business, _organ) in INDUSTRIES.items() if re.search(business, work))


def industries_regulated(organ: str) -> frozenset[str]:
    """Industries that an organ regulates, by its name."""
    return frozenset(code for code, (_business, words) in INDUSTRIES.items() if re.search(words, organ))
