"""From the words for relations (称谓) of the family tables to the sets that avoid each other (公务员回避规定): S1–S4. Pure.

S1 夫妻, S2 直系血亲, S3 三代以内旁系血亲, S4 近姻亲. Each set is the same seen from either side: an uncle's nephew is a collateral relative as his
uncle is, the wife's father has a daughter's husband. Words of GB/T 4761 and of the appointment form's editor are known.
"""

SPOUSES = frozenset("配偶 夫 妻 丈夫 妻子 爱人 老伴".split())
CHILDREN = frozenset(
    "子 女 儿子 女儿 独生子 独生女 长子 次子 三子 四子 五子 长女 次女 二女 三女 四女 五女 养子 继子 养女 继女 养子或继子 养女或继女 其他儿子 其他女儿".split()
)
CHILDREN_IN_LAW = frozenset("女婿 长女婿 二女婿 三女婿 四女婿 五女婿 儿媳 长儿媳 二儿媳 三儿媳 四儿媳 五儿媳".split())
_DIRECT = CHILDREN | frozenset(
    "父母 父亲 母亲 继父 养父 继母 养母 继父或养父 继母或养母 祖父母或外祖父母 祖父 祖母 外祖父 外祖母 曾祖父 曾祖母 "
    "孙子 孙女 外孙子 外孙女 孙子、孙女或外孙子、外孙女 曾孙子或外曾孙子 曾孙女或外曾孙女".split()
)
_COLLATERAL = frozenset(
    "兄弟姐妹 兄 弟 哥哥 弟弟 姐姐 妹妹 伯父 叔父 舅父 姨母 姑母 堂兄 堂弟 堂姐 堂妹 表兄 表弟 表姐 表妹 "
    "堂兄弟、堂姐妹 表兄弟、表姐妹 侄子 侄女 外甥 外甥女".split()
)
_IN_LAW = CHILDREN_IN_LAW | frozenset("公公 婆婆 岳父 岳母 嫂 嫂子 弟媳 姐夫 妹夫 伯母 婶母 舅母 姨父 姑父".split())
UNTOLD = frozenset(
    "本人 户主 其他父母关系 其他祖父母或外祖父母关系 其他孙子、孙女或外孙子、外孙女 其他兄弟姐妹 其他 其他亲属".split()
)
"""Words that do not tell a set: a person must say which relation it is."""
OUTSIDE = frozenset(
    "孙媳妇或外孙媳妇 孙女婿或外孙女婿 配偶的祖父母或外祖父母 配偶的曾祖父母或外曾祖父母 保姆 非亲属".split()
)
"""Words for relations that the regulation does not name."""

_SETS = (("S1", SPOUSES), ("S2", _DIRECT), ("S3", _COLLATERAL), ("S4", _IN_LAW))


def relation_set(label: str) -> str:
    """S1–S4 of a word; empty for relations outside the sets and for words that do not tell one (`UNTOLD`)."""
    bare = "".join(label.split())
    return next((code for code, words in _SETS if bare in words), "")


def runs_for_household(label: str) -> bool:
    """Spouse, child or child's spouse: those whose enterprise bars a leading post over its industry (公务员法 第74条)."""
    return "".join(label.split()) in SPOUSES | CHILDREN | CHILDREN_IN_LAW
