"""Where the fields of an interchange card stand in the record: what an import stores there, an export takes from there. Pure."""

PERSON_COLUMNS = {
    "name": "name",
    "birth": "birth_text",
    "ethnicity": "ethnicity",
    "native_place": "native_place",
    "birth_place": "birth_place",
    "party_joined": "party_text",
    "work_started": "work_text",
    "health": "health",
    "professional_title": "title_text",
    "speciality": "speciality",
    "full_time_education": "full_education",
    "full_time_degree": "full_degree",
    "full_time_education_school": "full_school",
    "full_time_degree_school": "full_degree_school",
    "in_service_education": "service_education",
    "in_service_degree": "service_degree",
    "in_service_education_school": "service_school",
    "in_service_degree_school": "service_degree_school",
    "current_post": "post_text",
    "resume": "resume_text",
    "rewards_and_sanctions": "awards_text",
    "annual_assessments": "ratings_text",
}
"""Column of `Official` by field of the card: the words of the file, letter by letter."""
FORM_COLUMNS = {
    "proposed_post": "proposed_post",
    "post_to_leave": "removed_post",
    "reason": "reason",
    "reporting_unit": "reported_by",
    "age_counted_on": "age_at_text",
    "filled_on": "filled_text",
    "filled_by": "filled_by",
    "reaching_month": "reaches_text",
    "former_age_limit": "limit_before_reform",
    "version": "version_text",
}
"""Column of `FormDetails` by field of the card."""
MEMBER_COLUMNS = {"relation": "relation", "name": "name", "birth": "birth_text", "politics": "politics", "post": "work"}
"""Column of `FamilyMember` by field of a member."""
SEX_CODES = {"男": "1", "女": "2"}
"""Code of table sex by the word on the card; sex and identity number are the only fields that are not stored as words."""
SEX_WORDS = {code: word for word, code in SEX_CODES.items()}
