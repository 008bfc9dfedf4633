-- A made-up nation: counties first … last, each with `units` units in seven categories and `indicators` indicators.
-- One statement per table and step; all six methods occur, in both directions, two figures in a hundred do not apply.

INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code, level, nature)
SELECT 'B' || lpad(c::text, 5, '0'), 'County ' || c, '', 'jurisdiction', lpad((500000 + c)::text, 6, '0'), c, '', '', ''
FROM generate_series(%(first)s, %(last)s) c;

INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code, parent_id,
    jurisdiction_id, level, nature)
SELECT j.code || '-' || lpad(u::text, 2, '0'), j.name || ' unit ' || u, '',
    CASE WHEN u > 60 THEN 'town' ELSE 'department' END, j.path || lpad(u::text, 6, '0'), u, '', j.id, j.id, '', ''
FROM organizations_organization j, generate_series(1, %(units)s) u
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

INSERT INTO organizations_unitcategory (organization_id, year, category)
SELECT o.id, %(year)s,
    CASE WHEN o.sort > 60 THEN (%(categories)s)[5 + o.sort %% 3] ELSE (%(categories)s)[1 + o.sort %% 4] END
FROM organizations_organization o JOIN organizations_organization j ON j.id = o.jurisdiction_id
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

INSERT INTO assessments_cycle (jurisdiction_id, year, status)
SELECT j.id, %(year)s, 'open' FROM organizations_organization j
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

INSERT INTO assessments_scheme (cycle_id, category, bonus_cap, deduction_cap, veto_effect, places, excellent_share,
    excellent_min, excellent_line, good_line, pass_line, bottom_mode, bottom_value, min_class_size, bottom_ties,
    tie_breakers)
SELECT c.id, k, 5, -10, 'cap_grade', 2, 0.30, 0, 90, 80, 70, 'last_n', 1, 3, 'all', '[]'
FROM assessments_cycle c JOIN organizations_organization j ON j.id = c.jurisdiction_id, unnest(%(categories)s) k
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

INSERT INTO assessments_indicator (scheme_id, code, name, "group", weight, unit_of_measure, method, direction,
    params, sort)
SELECT s.id, 'I' || lpad(i::text, 2, '0'), 'Indicator ' || i, 'Group ' || (1 + i / 8),
    CASE WHEN i <= 10 THEN 4 ELSE 3 END, '', (ARRAY['direct','completion','efficacy','rank','grade','pass'])[1 + i %% 6],
    CASE WHEN i %% 7 = 0 THEN 'lower' ELSE 'higher' END,
    CASE (ARRAY['direct','completion','efficacy','rank','grade','pass'])[1 + i %% 6] WHEN 'rank' THEN '{"step": "2.5"}'::jsonb
        WHEN 'pass' THEN '{"threshold": "60"}'::jsonb ELSE '{}'::jsonb END,
    i
FROM assessments_scheme s JOIN assessments_cycle c ON c.id = s.cycle_id
JOIN organizations_organization j ON j.id = c.jurisdiction_id, generate_series(1, %(indicators)s) i
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

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
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%'
ORDER BY c.id, uc.organization_id, i.id;

-- a bonus or a deduction for every unit but each seventh
INSERT INTO assessments_adjustment (cycle_id, unit_id, number, kind, points, ground, document_no, evidence)
SELECT c.id, o.id, 'J' || o.sort, '', round((8 * random() - 4.5)::numeric, 2) + 0.005, 'Ground ' || o.sort, 'No. ' || o.sort, ''
FROM assessments_cycle c
JOIN organizations_organization j ON j.id = c.jurisdiction_id
JOIN organizations_organization o ON o.jurisdiction_id = j.id
WHERE c.year = %(year)s AND o.sort %% 7 <> 0
    AND j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

-- one principal leader of a department, two of a town, all in post for years
INSERT INTO organizations_post (organization_id, title, level, is_principal, is_team_member, is_sensitive, counts_quota, sort)
SELECT o.id, 'Leader ' || n, '', true, true, false, true, n
FROM organizations_organization j
JOIN organizations_organization o ON o.jurisdiction_id = j.id
CROSS JOIN generate_series(1, 2) n
WHERE (n = 1 OR o.kind = 'town')
    AND j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

INSERT INTO officials_official (name, sort_key, id_cipher, id_hash, id_masked, left_note, home_id)
SELECT 'Person ' || p.id, p.id, '', 'bench ' || p.id, p.id, '', o.id
FROM organizations_organization j
JOIN organizations_organization o ON o.jurisdiction_id = j.id
JOIN organizations_post p ON p.organization_id = o.id
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';

INSERT INTO officials_postholding (official_id, post_id, is_main, starts_on, document_no, note)
SELECT f.id, p.id, true, make_date(%(year)s - 3, 1, 1), '', ''
FROM organizations_organization j
JOIN organizations_organization o ON o.jurisdiction_id = j.id
JOIN organizations_post p ON p.organization_id = o.id
JOIN officials_official f ON f.id_hash = 'bench ' || p.id
WHERE j.kind = 'jurisdiction' AND j.sort BETWEEN %(first)s AND %(last)s AND j.code LIKE 'B%%';
