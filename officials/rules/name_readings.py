"""Tables of readings: which surnames, and which characters in given names, are read otherwise than the dictionary says.

`data/surnames.csv` holds the surnames whose character has several readings, and all compound surnames (复姓);
`data/name_characters.csv` the characters of given names. Two readings stand in a row only where people of that name
really use both. Everything else is read as the dictionary of pypinyin reads the single character.
Sources: 现代汉语词典 (readings marked as surnames), 百家姓, 通用规范汉字表.
"""

import csv
from functools import cache
from pathlib import Path

from pypinyin import Style, pinyin

FOLDER = Path(__file__).resolve().parent / "data"
LONGEST_SURNAME = 5  # 伊尔根觉罗


@cache
def surname_table() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Surname → its readings, each a tuple of syllables with tone number; ü is written `u:`."""
    return {
        row["surname"]: tuple(tuple(reading.split()) for reading in row["readings"].split("/"))
        for row in _rows("surnames.csv")
    }


@cache
def character_table() -> dict[str, tuple[str, ...]]:
    """Character of a given name → its syllables."""
    return {row["character"]: tuple(row["readings"].split("/")) for row in _rows("name_characters.csv")}


def _rows(file_name: str) -> list[dict[str, str]]:
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def dictionary_reading(character: str) -> str:
    """The first reading of one character, tone as a number (5: none); what is no Chinese character reads as itself."""
    if character.isascii():
        return character.lower()
    return pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0].replace("v", "u:")


@cache
def surname_readings(surname: str) -> tuple[tuple[str, ...], ...]:
    """All readings of a surname, the main one first."""
    return surname_table().get(surname) or (tuple(map(dictionary_reading, surname)),)


@cache
def given_readings(character: str) -> tuple[str, ...]:
    """All readings of a character of a given name, the main one first."""
    return character_table().get(character) or (dictionary_reading(character),)


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name (no blanks, no separators).

    A compound surname counts when a given name is left. Without one it counts only where it is read otherwise than its
    characters: 尉迟 is the surname, 左丘 is somebody named 左.
    """
    table = surname_table()
    for length in range(min(LONGEST_SURNAME, len(name)), 1, -1):
        head = name[:length]
        if head in table and (length < len(name) or not _reads_as_its_characters(head)):
            return head, name[length:]
    return name[:1], name[1:]


def _reads_as_its_characters(surname: str) -> bool:
    single = (*surname_readings(surname[0])[0], *(given_readings(character)[0] for character in surname[1:]))
    return single in surname_table()[surname]
