"""Places of growth (成长地) as records write them (广东鹤山址山), and the posts that may not lie in them. Pure."""

import re
from collections.abc import Collection, Mapping

_ENDINGS = re.compile(r"(?:街道办事处|街道|自治县|林场|镇|乡|市|县|区)$")
_CHIEFS = re.compile(
    r"纪律检查委员会|纪委|监察委员会|监委|市委组织部|县委组织部|区委组织部|委员会组织部|人民法院|人民检察院|公安局"
)
_ASIDE = re.compile(r"常务副|副书记|副部长|副院长|副检察长|副局长")


def places_in(text: str, names: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Which of the places a text names: level → level, for those of whose names (with or without 镇, 市, 县) one stands in it."""
    bare = "".join(text.split())
    return {level: level for level, words in names.items() if any(_stands_in(word, bare) for word in words)}


def _stands_in(name: str, text: str) -> bool:
    short = _ENDINGS.sub("", name)
    return any(len(word) > 1 and word in text for word in (name, short))


def is_named_chief(organ: str, title: str) -> bool:
    """Chief of discipline and supervision, of the organization department, the court, the procuratorate, public security?

    A deputy in charge of the daily work (常务副部长) is not the chief.
    """
    return bool(_CHIEFS.search(organ)) and not _ASIDE.search(title)
