"""The form of a scheme workbook (考核方案): its sheets, headings and words, shared by who writes and who reads it.

The form is Chinese whatever the reader's language: it is an office's paper, and what was written is read back.
"""

PARAMETER_SHEET, INDICATOR_SHEET, NOTES_SHEET = "方案参数", "指标", "填写说明"
PARAMETER_HEADINGS = {
    "year": "年度",
    "category": "类别",
    "bonus_cap": "加分上限",
    "deduction_cap": "扣分上限",
    "veto_effect": "一票否决效果",
    "places": "总分小数位数",
    "excellent_share": "优秀比例（%）",
    "excellent_min": "优秀最少名额",
    "excellent_line": "优秀线",
    "good_line": "良好线",
    "pass_line": "一般线",
    "bottom_mode": "末位认定方式",
    "bottom_value": "末位名数或百分比",
    "min_class_size": "认定末位的最少单位数",
    "exempt_line": "免列末位线",
    "bottom_ties": "末位并列处理",
    "tie_breakers": "同分排序依据",
}
INDICATOR_HEADINGS = {
    "year": "年度",
    "category": "类别",
    "group": "指标组",
    "code": "代码",
    "name": "指标名称",
    "weight": "权重",
    "unit_of_measure": "计量单位",
    "responsible_code": "责任单位代码",
    "responsible_name": "责任单位",
    "method": "计分方法",
    "direction": "方向",
    "cap": "得分上限",
    "best": "最优值",
    "worst": "最劣值",
    "step": "每名递减分",
    "floor": "保底分",
    "threshold": "达标值",
    "table": "等次分值",
}
WORDS = {
    "veto_effect": {"cap_grade": "等次最高为一般", "rank_last": "排在无否决单位之后"},
    "bottom_mode": {"last_n": "末N名", "last_percent": "末百分之N"},
    "bottom_ties": {"all": "全部列入", "none": "均不列入"},
    "method": {
        "direct": "直接评分",
        "completion": "目标完成率",
        "efficacy": "功效系数",
        "rank": "排名赋分",
        "grade": "等次赋分",
        "pass": "达标",
    },
    "direction": {"higher": "越高越好", "lower": "越低越好"},
}
DEDUCTION_WORD, GROUP_WORD, BETWEEN = "扣分少者在前", "指标组得分：", "；"
PARAMETER_COLUMNS = ("cap", "best", "worst", "step", "floor", "threshold", "table")
NOTES = (
    "一、本工作簿由“考核方案”页面导出，可修改后在“数据导入”中选择“考核方案工作簿”导入；导入只写入编制中的方案。",
    "二、“方案参数”每个年度、类别一行；“指标”每项指标一行，按行的先后排序。表头文字请勿改动。",
    "三、同一类别的权重合计应恰为 100；编制中可以暂不足 100，印发时必须恰为 100。",
    "四、计分方法：直接评分、目标完成率、功效系数、排名赋分、等次赋分、达标；方向：越高越好、越低越好。",
    "五、参数按方法填写：目标完成率填得分上限；功效系数的最优值、最劣值同时填写或同时留空；排名赋分填每名递减分和保底分；"
    "达标填达标值；等次赋分填等次分值，如：优=100；良=85；中=70；差=50，留空按规则库。",
    "六、同分排序依据依次填写，以分号隔开，如：指标组得分：重点工作；扣分少者在前。留空表示名次并列。",
    "七、优秀比例填百分数，如 30 表示 30%。扣分上限填负数。",
)
