-- Everything that stands against a calculation, each with unit and indicator: nothing is ever silently zero (§2, §8).
-- A voided figure counts as not applicable, so it cannot be a gap.
WITH unit AS MATERIALIZED (
    SELECT o.id AS unit_id, o.code AS unit_code, o.name AS unit_name, o.short_name, uc.category, s.id AS scheme_id
    FROM organizations_unitcategory uc
    JOIN organizations_organization o ON o.id = uc.organization_id AND o.jurisdiction_id = %(jurisdiction)s
    LEFT JOIN assessments_scheme s ON s.cycle_id = %(cycle)s AND s.category = uc.category
    WHERE uc.year = %(year)s
),
voided AS (
    SELECT DISTINCT e.organization_id AS unit_id, e.target
    FROM tolerance_assessmenteffect e
    WHERE e.year = %(year)s AND e.is_effective AND e.effect = 'void' AND e.target_kind = 'indicator'
        AND e.organization_id IN (SELECT unit_id FROM unit)
),
leaf AS MATERIALIZED (
    SELECT i.*, coalesce(i.params -> 'table', %(grade_table)s::jsonb) AS grades
    FROM assessments_indicator i JOIN assessments_scheme s ON s.id = i.scheme_id
    WHERE s.cycle_id = %(cycle)s AND s.category IN (SELECT category FROM unit)
),
cell AS MATERIALIZED (
    SELECT u.unit_id, u.unit_code, u.unit_name, u.short_name, u.category, l.id AS indicator_id, l.code, l.name, l.method,
        l.direction, l.grades, l.responsible_id, l.sort, sc.figure, sc.word, sc.target,
        coalesce(sc.is_applicable, true) AND v.unit_id IS NULL AS counted
    FROM unit u
    JOIN leaf l ON l.scheme_id = u.scheme_id
    LEFT JOIN assessments_score sc
        ON sc.cycle_id = %(cycle)s AND sc.unit_id = u.unit_id AND sc.indicator_id = l.id
    LEFT JOIN voided v ON v.unit_id = u.unit_id AND v.target = l.code
),
found AS (
    SELECT 'GAP_RAW' AS code, unit_code, unit_name, short_name, c.code AS indicator, c.name AS indicator_name,
        responsible_id, '' AS value, category, sort
    FROM cell c WHERE counted AND CASE WHEN method = 'grade' THEN coalesce(word, '') = '' ELSE figure IS NULL END
    UNION ALL
    SELECT 'GAP_TARGET', unit_code, unit_name, short_name, c.code, c.name, responsible_id, '', category, sort
    FROM cell c WHERE counted AND method = 'completion' AND target IS NULL
    UNION ALL
    SELECT 'TARGET_NOT_POSITIVE', unit_code, unit_name, short_name, c.code, c.name, responsible_id,
        trim_scale(target)::text, category, sort
    FROM cell c WHERE counted AND method = 'completion' AND target <= 0
    UNION ALL
    SELECT 'DIRECT_OUT_OF_RANGE', unit_code, unit_name, short_name, c.code, c.name, responsible_id,
        trim_scale(figure)::text, category, sort
    FROM cell c WHERE counted AND method = 'direct' AND (figure < 0 OR figure > 100)
    UNION ALL
    SELECT 'UNKNOWN_GRADE', unit_code, unit_name, short_name, c.code, c.name, responsible_id, word, category, sort
    FROM cell c WHERE counted AND method = 'grade' AND word <> '' AND NOT grades ? word
    UNION ALL
    SELECT 'NOTHING_APPLIES', unit_code, unit_name, short_name, '', '', NULL::bigint, '', category, 0
    FROM cell GROUP BY unit_code, unit_name, short_name, category HAVING NOT bool_or(counted)
    UNION ALL
    SELECT 'NO_SCHEME', unit_code, unit_name, short_name, '', '', NULL, category, category, 0
    FROM unit WHERE scheme_id IS NULL
    UNION ALL
    SELECT 'CAP_TOO_HIGH', '', '', '', l.code, l.name, l.responsible_id, l.params ->> 'cap', s.category, l.sort
    FROM leaf l JOIN assessments_scheme s ON s.id = l.scheme_id
    WHERE l.method = 'completion' AND (l.params ->> 'cap')::numeric > %(cap_max)s
    UNION ALL
    SELECT 'BOUNDS_INCOMPLETE', '', '', '', l.code, l.name, l.responsible_id, '', s.category, l.sort
    FROM leaf l JOIN assessments_scheme s ON s.id = l.scheme_id
    WHERE l.method = 'efficacy' AND (l.params ? 'best') <> (l.params ? 'worst')
    UNION ALL
    SELECT 'PARAMETER_MISSING', '', '', '', l.code, l.name, l.responsible_id,
        CASE l.method WHEN 'rank' THEN 'step' ELSE 'threshold' END, s.category, l.sort
    FROM leaf l JOIN assessments_scheme s ON s.id = l.scheme_id
    WHERE (l.method = 'rank' AND NOT l.params ? 'step') OR (l.method = 'pass' AND NOT l.params ? 'threshold')
    UNION ALL
    SELECT 'WEIGHTS_NOT_100', '', '', '', '', '', NULL, trim_scale(coalesce(sum(l.weight), 0))::text, s.category, 0
    FROM assessments_scheme s LEFT JOIN leaf l ON l.scheme_id = s.id
    WHERE s.cycle_id = %(cycle)s AND s.category IN (SELECT category FROM unit)
    GROUP BY s.id, s.category HAVING coalesce(sum(l.weight), 0) <> 100
    UNION ALL
    SELECT 'NO_UNITS', '', '', '', '', '', NULL, '', '', 0 WHERE NOT EXISTS (SELECT FROM unit)
)
SELECT f.code, f.unit_code, coalesce(nullif(f.short_name, ''), f.unit_name) AS unit_name, f.category, f.indicator,
    f.indicator_name, coalesce(r.code, '') AS responsible_code,
    coalesce(nullif(r.short_name, ''), r.name, '') AS responsible_name, f.value
FROM found f
LEFT JOIN organizations_organization r ON r.id = f.responsible_id
ORDER BY f.unit_code, f.sort, f.indicator, f.code
