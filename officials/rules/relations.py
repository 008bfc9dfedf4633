"""Words for relations (称谓) that the form wants told apart. Pure."""

SPOUSES = frozenset({"配偶", "爱人", "老伴"})
_BY_SEX = {"男": "妻子", "女": "丈夫"}


def plain_sex(text: str) -> str:
    """男 or 女 of 男, 男性 or  女性; empty for anything else."""
    first = text.strip()[:1]
    return first if first in _BY_SEX else ""


def named_spouse(relation: str, sex: str) -> str:
    """妻子 or 丈夫 for a spouse, by the sex of the person whose form it is; any other relation stays."""
    bare = "".join(relation.split())
    return _BY_SEX.get(plain_sex(sex), bare) if bare in SPOUSES else relation
