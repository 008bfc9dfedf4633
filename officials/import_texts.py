"""Texts of imports about people: one per code, saying what was found and what to do. Registered when the room is set up.

The place (file, line, field) is told beside them, see `foundation.exchange.messages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

PEOPLE: Mapping[str, Any] = {
    "id_length": _("“%(value)s” does not have the 18 characters of an identity number. Please check it."),
    "id_characters": _("“%(value)s” has characters that no identity number has. Please check it."),
    "id_birth_day": _("The birth date in the identity number “%(value)s” does not exist. Please check it."),
    "id_checksum": _(
        "The identity number “%(value)s” fails its check: its last character should be %(expected)s. Please check it."
    ),
    "person_name_differs": _(
        "This identity number stands with the name “%(other)s” in row %(first)s. Please correct one of them."
    ),
    "period_reversed": _("The period ends on %(to)s, before it begins on %(from)s. Please correct the dates."),
    "period_overlap": _(
        "%(name)s holds “%(other)s” (row %(first)s) in the same time. Please correct the dates of one of them."
    ),
    "post_overlap": _("The post is also held by %(other)s (row %(first)s) in the same time. Please check the dates."),
    "cycle_person_new": _("%(value)s (%(masked)s) is not registered and is recorded without an identity number."),
    "cycle_person_by_name": _(
        "%(value)s (%(masked)s) is recognised by name and masked number only. Please check that it is the same person."
    ),
    "cycle_person_ambiguous": _(
        "Several registered people are called %(value)s and have the number %(masked)s. Please complete their records first."
    ),
    "cycle_post_unknown": _(
        "The post “%(value)s” of this unit does not stand in the sheet of posts. Please add it there."
    ),
    "period_before_birth": _(
        "The period begins before the person was of working age. Please check the dates and the identity number."
    ),
    "id_fifteen": _("“%(value)s” is an old number of 15 digits. Please enter the new one, %(number)s, if it is right."),
    "id_sex_differs": _(
        "The identity number belongs to a person of sex %(expected)s, here stands %(given)s. Please check both."
    ),
    "id_birth_differs": _(
        "The identity number says born %(expected)s, here stands %(given)s. Please check it against the archive."
    ),
}

DATES: Mapping[str, Any] = {
    "date_placeholder": _("“%(value)s” stands for no date; the date stays open."),
    "date_text": _("“%(value)s” is no date. Please write year and month, like 1985.07."),
    "date_digits": _("“%(value)s” has a number of digits that no date has. Please write year and month, like 1985.07."),
    "date_year": _("The year of “%(value)s” is impossible. Please correct it."),
    "date_month": _("“%(value)s” has a month that does not exist. Please correct it."),
    "date_day": _("“%(value)s” is a day that does not exist. Please correct it."),
    "date_season_beside_month": _("“%(value)s” names a month and a season; the month is taken."),
    "date_october_or_january": _(
        "The number %(value)s may mean January or October. It is read as January. Please enter it as text."
    ),
}

PARTY: Mapping[str, Any] = {
    "party_words": _("“%(value)s” holds words that fit no field. They are kept and printed as they stand."),
    "party_two_dates": _("“%(value)s” holds two dates; the first is taken. Please keep the date of joining the Party."),
    "party_date_whose": _(
        "The date in “%(value)s” may be that of joining the democratic party. Please keep only the date of joining the CPC."
    ),
    "party_unaffiliated_member": _("“%(value)s” says no party (无党派) and a membership. Please keep one of them."),
    "party_twice": _("“%(value)s” names a party twice. Please keep it once."),
}

RESUME: Mapping[str, Any] = {
    "resume_no_date": _("This line has no period: “%(value)s”. Please begin it with year and month."),
    "resume_no_separator": _("After %(value)s there is no “--” and no end. Please complete the period."),
    "resume_bad_end": _("The end “%(value)s” of this period cannot be read. Please correct it."),
    "resume_bad_month": _("“%(value)s” has a month that does not exist. Please correct it."),
    "resume_bad_year": _("The year of “%(value)s” is impossible. Please correct it."),
    "resume_month_missing": _("“%(value)s” has years only. Please add the months."),
    "resume_date_typo": _("“%(value)s” is not written like 2018.10; it is read like this. Please check it."),
    "resume_glued": _("Two periods stand in one line. Please begin a new line before “%(value)s”."),
    "resume_blank_line": _("An empty line stands inside the career. Please remove it."),
    "resume_bracket_open": _("A bracket is opened and not closed: “%(value)s”. Please close it."),
    "resume_too_long": _("The résumé is extraordinarily long; its end was not read as periods. Please shorten it."),
    "resume_no_text": _("Nothing is said of the period %(value)s. Please complete it."),
    "resume_during_unmarked": _("Before %(value)s the word for a period inside (其间) is missing. Please add it."),
    "resume_during_outside": _(
        "The period %(value)s does not end within the segment it stands in. Please put it where it ends."
    ),
    "resume_end_before_start": _("The period %(value)s ends before it begins. Please correct it."),
    "resume_gap": _("Nothing is said of the time %(value)s. Please add what the person did, also illness or waiting."),
    "resume_overlap": _(
        "This period begins before the one of line %(other)s has ended (%(value)s). Please check both."
    ),
    "resume_order": _("This period begins before the one of line %(other)s (%(value)s). Please put them in order."),
    "resume_study_line": _(
        "Study beside work stands as a line of its own: “%(value)s”. Please put it in brackets (其间) below the segment it ends in."
    ),
    "resume_open_not_last": _("“%(value)s” is open, but line %(other)s follows. Please enter when it ended."),
}

CARDS: Mapping[str, Any] = {
    "card_size": _("The file is larger than %(megabytes)s MB; one person's form never is. Please export it again."),
    "card_kind": _("This is no .lrmx or .lrm file. Please export the form from the editor and upload that file."),
    "card_root": _("This XML file holds no appointment form (it begins with %(name)s). Please choose the right file."),
    "card_dtd": _(
        "The file holds a document type declaration, which no form needs, and was not read. Please export it again."
    ),
    "card_damaged": _("The file is damaged or was cut off. Please open it in the editor, save it and upload it again."),
    "card_deep": _("The file is nested or filled like no form. Please export it from the editor again."),
    "card_encoding": _(
        "The file says %(value)s but is written in %(found)s; it was read as that. Please check names and rare characters."
    ),
    "card_broken_bytes": _(
        "%(count)s characters of the file are broken and stand as �. Please correct them after the import."
    ),
    "card_characters": _("The file holds characters that no text can have; they were removed. Please check the texts."),
    "card_ampersand": _("The file holds “&” in a form that XML does not allow; it was read as “&”. Please check it."),
    "card_text_outside": _(
        "“%(value)s” stands outside of every field and is not read. Please enter it where it belongs."
    ),
    "card_tag_twice": _("This field stands twice; the first one is taken. Please check it against “%(value)s”."),
    "card_tag_unknown": _("The form has no field %(name)s. It is kept as it is and written back: “%(value)s”."),
    "card_markup_inside": _("The text of this field is marked up; only its words are taken. Please check it."),
    "card_name_missing": _("The name is missing. Please fill it in and upload the file again."),
    "card_text_long": _("This text has %(length)s characters, the form has room for %(limit)s. Please shorten it."),
    "card_residue": _("“%(value)s” is left over from another program. Please correct the text."),
    "label_unknown": _("“%(value)s” is not in the code table and is kept as text. Please choose the usual wording."),
    "lrm_fields": _("The file has %(count)s fields where the old editor writes %(expected)s. Please export it again."),
    "lrm_unnamed": _("Field %(number)s of the old format has no known meaning and is not read: “%(value)s”."),
    "card_same_bytes": _("“%(first)s” is the same file. Please import one of them."),
    "card_same_number": _("“%(first)s” has the same identity number. Please keep the newer one."),
    "card_same_name": _(
        "“%(first)s” is about %(value)s of the same month of birth. Please check that they are two people."
    ),
    "card_written_without": _("Characters that a file cannot hold were left out. Please check this field."),
    "card_member_left_out": _(
        "%(value)s is not written: the form has room for %(limit)s relations. Please check the order."
    ),
    "card_unknown_left_out": _("“%(value)s” cannot be the name of a field and is not written."),
    "card_2025_left_out": _("This field belongs to the form of 2025 and is not written into the older one."),
    "form_resume_small": _(
        "The résumé is too long for the form, even at 7 points. Please merge entries; it is printed smaller until then."
    ),
    "form_text_small": _(
        "This text is too long for its place on the form. Please shorten it; it is printed smaller until then."
    ),
}

PHOTOS: Mapping[str, Any] = {
    "photo_text": _("The photo is no encoded picture and is not read. Please choose the photo again."),
    "photo_kind": _("The photo is no JPEG, PNG, BMP or GIF picture and is not read. Please choose the photo again."),
    "photo_damaged": _("The photo is damaged and is not read. Please choose the photo again."),
    "photo_pixels": _("The photo has more pixels than any portrait needs and is not read. Please save it smaller."),
    "photo_size": _(
        "The photo is larger than %(megabytes)s MB, which the editor does not take. Please save it smaller."
    ),
    "photo_ratio": _("The photo is not 4:5; it stands on a white ground of that shape."),
    "photos_none": _("The zip holds no picture (jpg, png, bmp, gif). Please choose the right one."),
    "photo_nobody": _(
        "Nobody is recorded under “%(value)s”. Please name the file by identity number or by the name as recorded."
    ),
    "photo_several": _("%(number)s people are called “%(value)s”. Please name the file by the identity number."),
    "photo_other_name": _(
        "The file says “%(value)s”, the identity number belongs to %(other)s. Please check whose photo it is."
    ),
    "photo_twice": _("“%(first)s” is a photo of %(value)s too. Please leave one of them out."),
    "photo_alone": _("This photo belongs to no .lrm file of the same name. Please add that file."),
}

BUNDLES: Mapping[str, Any] = {
    "bundle_size": _("The zip is larger than %(megabytes)s MB. Please divide it."),
    "bundle_bomb": _(
        "The zip unpacks to an extraordinary size, or holds one entry twice, and was not read. Please pack it again."
    ),
    "bundle_encrypted": _("The zip is protected by a password. Please pack it again without one."),
    "bundle_damaged": _("The zip is damaged or was cut off. Please pack it again."),
    "bundle_empty": _("The zip holds no .lrmx or .lrm file. Please choose the right one."),
    "bundle_not_read": _("This is no form and is not read."),
}

ROSTERS: Mapping[str, Any] = {
    "roster_header_missing": _(
        "No header with names and other known columns was found in the first rows. Please keep the header of the roster."
    ),
    "roster_no_header": _("This sheet has no header of a roster and is not read."),
    "roster_remembered": _("The columns are read as %(by)s decided on %(on)s."),
    "roster_row_again": _(
        "%(value)s stands in row %(first)s already, with the same content. The person is taken once."
    ),
    "roster_number_of_other": _(
        "The identity number of %(value)s is that of %(other)s in row %(first)s. Please enter the right number."
    ),
    "roster_person_twice": _(
        "%(value)s stands in row %(first)s already, with other content. Please keep the row that is right."
    ),
    "roster_id_birth_differs": _(
        "The identity number says born %(expected)s, here stands %(given)s. Please correct one of them."
    ),
    "roster_id_sex_differs": _(
        "The identity number belongs to a person of sex %(expected)s, here stands %(given)s. Please correct one of them."
    ),
    "roster_date_later": _("%(value)s lies after the day of this roster (%(as_of)s). Please correct it."),
    "roster_before_birth": _("%(value)s lies before the birth (%(born)s). Please correct it."),
    "roster_party_age": _(
        "Born %(born)s and in the Party since %(value)s: nobody joins below the age of %(age)s. Please correct one of them."
    ),
    "roster_unit_unknown": _(
        "No unit of the register stands at the beginning of “%(value)s”. Please write its full or short name, or register it."
    ),
    "roster_post_against": _(
        "In this post since %(value)s contradicts the record: “%(other)s” since %(from)s. Please correct one of them."
    ),
    "person_in_trash": _("The record of %(value)s is in the trash. Please restore it first, or leave this row out."),
    "person_elsewhere": _(
        "%(value)s is recorded in another county. Please have the record handed over first, or leave this row out."
    ),
}

COLLECTION: Mapping[str, Any] = {
    "collection_no_people": _(
        "This workbook has no sheet A01 with people. Please take the collection workbook (V2017.01) that the roster hands out."
    ),
    "collection_header_missing": _(
        "This sheet has no header with %(names)s in its first rows and is not read. Please keep the header of the workbook."
    ),
    "collection_sheet_unknown": _("This sheet does not belong to the collection workbook and is not read."),
    "collection_version": _(
        "The workbook says version %(found)s, known is %(expected)s; columns are known by their headers. Please check the values."
    ),
    "collection_unit_unknown": _(
        "“%(value)s” is not in the register, and this workbook sets up no units. Please correct the name, or register the unit first (Units and posts)."
    ),
    "collection_units_compared": _(
        "The %(count)s units of this sheet are only compared with the register by name: none is set up or changed by this import. Units are set up under “Units and posts”."
    ),
    "collection_many": _(
        "The sheet has %(count)s people, the workbook is made for %(most)s. Please divide it if you can."
    ),
    "collection_nobody": _(
        "“%(value)s” with this identity number does not stand in sheet %(sheet)s. Please write name and number as there."
    ),
    "collection_no_number": _(
        "%(value)s has no identity number here and is looked for by name and month of birth. Please add the number if you can."
    ),
    "collection_code_unknown": _("“%(value)s” is no code of this table. Please enter the name beside it."),
    "collection_code_differs": _(
        "Code %(value)s means “%(label)s”, beside it stands “%(other)s”; the name is taken. Please correct one of them."
    ),
    "collection_ends_before": _("It ends (%(value)s) before it begins (%(starts)s). Please correct one of them."),
    "collection_end_missing": _(
        "It is said to be over, but not since when. Please add the day; until then nothing ends."
    ),
    "collection_still_held": _(
        "It is said to be held now, yet it ended %(ends)s. Please correct the state or remove the end."
    ),
    "collection_post_undated": _(
        "“%(value)s” has no first day and is not entered among the posts held. Please add the month it began."
    ),
    "collection_outside": _(
        "“%(value)s” is not in the register; the post is kept as text. Please check the unit's name."
    ),
    "collection_posts_overlap": _(
        "“%(value)s” since %(starts)s is a main post beside another main post of the same days. Please correct days or main post."
    ),
    "collection_ranks_overlap": _(
        "“%(value)s” since %(starts)s stands beside another rank of the same days. Please correct the days."
    ),
}

TEXTS: Mapping[str, Any] = {**COLLECTION, **ROSTERS, **PEOPLE, **DATES, **PARTY, **RESUME, **CARDS, **PHOTOS, **BUNDLES}
WHYS: Mapping[str, Any] = {
    "name_dot": _("another dot between the parts of the name"),
    "usual_word": _("another word for the one in the code table"),
    "code_read": _("the name that the code stands for"),
    "october_by_number": _("1 is read as 10, as the identity number says"),
}
