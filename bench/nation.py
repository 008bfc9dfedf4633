"""A generated nation: counties of 70 units and 30 indicators with figures, written by SQL, no history."""

from django.db import connection

UNITS, INDICATORS, YEAR = 70, 30, 2024
CATEGORIES = ("GENERAL", "ECONOMIC", "SOCIAL", "VERTICAL", "OPTIMISED", "KEY", "ECOLOGICAL")
_METHODS = "ARRAY['direct','completion','efficacy','rank','grade','pass']"

_STATEMENTS = (
    """
    INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code)
    SELECT 'B' || lpad(c::text, 5, '0'), 'County ' || c, '', 'jurisdiction', lpad((500000 + c)::text, 6, '0'), c, ''
    FROM generate_series(%(first)s, %(last)s) c
    """,
    """
    INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code, parent_id, jurisdiction_id)
    SELECT j.code || '-' || lpad(u::text, 2, '0'), j.name || ' unit ' || u, '',
        CASE WHEN u > 60 THEN 'town' ELSE 'department' END, j.path || lpad(u::text, 6, '0'), u, '', j.id, j.id
    FROM organizations_organization j, generate_series(1, %(units)s) u
    WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%'
    """,
    """
    INSERT INTO organizations_unitcategory (organization_id, year, category)
    SELECT o.id, %(year)s, CASE WHEN o.sort > 60 THEN (%(categories)s)[5 + o.sort %% 3] ELSE (%(categories)s)[1 + o.sort %% 4] END
    FROM organizations_organization o JOIN organizations_organization j ON j.id = o.jurisdiction_id
    WHERE j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%'
    """,
    """
    INSERT INTO assessments_cycle (jurisdiction_id, year, status)
    SELECT id, %(year)s, 'open' FROM organizations_organization
    WHERE kind = 'jurisdiction' AND sort BETWEEN %(first)s AND %(last)s AND code LIKE 'B%%'
    """,
    """
    INSERT INTO assessments_scheme (cycle_id, category, bonus_cap, deduction_cap, veto_effect, places, excellent_share,
        excellent_min, excellent_line, good_line, pass_line, bottom_mode, bottom_value, min_class_size, bottom_ties, tie_breakers)
    SELECT c.id, k, 5, -10, 'cap_grade', 2, 0.30, 0, 90, 80, 70, 'last_n', 1, 3, 'all', '[]'
    FROM assessments_cycle c JOIN organizations_organization j ON j.id = c.jurisdiction_id, unnest(%(categories)s) k
    WHERE j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%'
    """,
    f"""
    INSERT INTO assessments_indicator (scheme_id, code, name, "group", weight, unit_of_measure, method, direction, params, sort)
    SELECT s.id, 'I' || lpad(i::text, 2, '0'), 'Indicator ' || i, 'Group ' || (1 + i / 8),
        CASE WHEN i <= 10 THEN 4 ELSE 3 END, '', ({_METHODS})[1 + i %% 6], CASE WHEN i %% 7 = 0 THEN 'lower' ELSE 'higher' END,
        CASE ({_METHODS})[1 + i %% 6] WHEN 'rank' THEN '{{"step": "2.5"}}'::jsonb WHEN 'pass' THEN '{{"threshold": "60"}}'::jsonb
            ELSE '{{}}'::jsonb END, i
    FROM assessments_scheme s JOIN assessments_cycle c ON c.id = s.cycle_id
    JOIN organizations_organization j ON j.id = c.jurisdiction_id, generate_series(1, %(indicators)s) i
    WHERE j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%'
    """,
    """
    INSERT INTO assessments_score (cycle_id, unit_id, indicator_id, figure, word, target, is_applicable)
    SELECT c.id, uc.organization_id, i.id,
        CASE WHEN i.method <> 'grade' THEN round((40 + 60 * random())::numeric, 2) END,
        CASE WHEN i.method = 'grade' THEN (ARRAY['优','良','中','差'])[1 + floor(4 * random())::int] ELSE '' END,
        CASE WHEN i.method = 'completion' THEN 80 END, random() > 0.02
    FROM assessments_cycle c
    JOIN organizations_organization j ON j.id = c.jurisdiction_id
    JOIN organizations_organization o ON o.jurisdiction_id = j.id
    JOIN organizations_unitcategory uc ON uc.organization_id = o.id AND uc.year = c.year
    JOIN assessments_scheme s ON s.cycle_id = c.id AND s.category = uc.category
    JOIN assessments_indicator i ON i.scheme_id = s.id
    WHERE j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%'
    ORDER BY c.id, uc.organization_id, i.id
    """,
)


def generate(first: int, last: int) -> None:
    """Add counties `first` … `last` (numbers from 1). Needs a superuser: history triggers are off while generating."""
    arguments = {
        "first": first,
        "last": last,
        "units": UNITS,
        "indicators": INDICATORS,
        "year": YEAR,
        "categories": list(CATEGORIES),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in _STATEMENTS:
            cursor.execute(statement, arguments)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
