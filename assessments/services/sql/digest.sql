-- SHA-256 over every input of a calculation in natural keys (no database numbers): the same inputs elsewhere give the
-- same digest. Each line is one section; lists are ordered by their natural key in the C collation.
WITH unit AS MATERIALIZED (
    SELECT o.id, o.code, uc.category
    FROM organizations_unitcategory uc
    JOIN organizations_organization o ON o.id = uc.organization_id AND o.jurisdiction_id = %(jurisdiction)s
    WHERE uc.year = %(year)s
),
section AS (
    SELECT 1 AS no, string_agg(concat_ws('|', code, category), E'\n' ORDER BY code COLLATE "C") AS body FROM unit
    UNION ALL
    SELECT 2, string_agg(concat_ws('|', category, trim_scale(bonus_cap), trim_scale(deduction_cap), veto_effect, places,
        trim_scale(excellent_share), excellent_min, trim_scale(excellent_line), trim_scale(good_line),
        trim_scale(pass_line), bottom_mode, trim_scale(bottom_value), min_class_size,
        coalesce(trim_scale(exempt_line)::text, '-'), bottom_ties, tie_breakers), E'\n' ORDER BY category COLLATE "C")
    FROM assessments_scheme WHERE cycle_id = %(cycle)s
    UNION ALL
    SELECT 3, string_agg(concat_ws('|', s.category, i.sort, i.code, i.name, i."group", trim_scale(i.weight), i.method,
        i.direction, i.params), E'\n' ORDER BY s.category COLLATE "C", i.code COLLATE "C")
    FROM assessments_indicator i JOIN assessments_scheme s ON s.id = i.scheme_id WHERE s.cycle_id = %(cycle)s
    UNION ALL
    SELECT 4, string_agg(line, E'\n' ORDER BY unit_code COLLATE "C", code COLLATE "C")
    FROM (
        SELECT u.code AS unit_code, i.code,
            concat_ws('|', u.code, i.code, coalesce(trim_scale(sc.figure)::text, '-'), sc.word,
                coalesce(trim_scale(sc.target)::text, '-'), sc.is_applicable) AS line
        FROM assessments_score sc
        JOIN unit u ON u.id = sc.unit_id
        JOIN assessments_indicator i ON i.id = sc.indicator_id
        JOIN assessments_scheme s ON s.id = i.scheme_id AND s.category = u.category
        WHERE sc.cycle_id = %(cycle)s
    ) scores
    UNION ALL
    SELECT 5, string_agg(concat_ws('|', u.code, a.number, trim_scale(a.points), a.ground, a.document_no), E'\n'
        ORDER BY a.number COLLATE "C")
    FROM assessments_adjustment a JOIN unit u ON u.id = a.unit_id WHERE a.cycle_id = %(cycle)s
    UNION ALL
    SELECT 6, string_agg(concat_ws('|', u.code, v.number, v.ground, v.document_no), E'\n' ORDER BY v.number COLLATE "C")
    FROM assessments_veto v JOIN unit u ON u.id = v.unit_id WHERE v.cycle_id = %(cycle)s
    UNION ALL
    SELECT 7, string_agg(concat_ws('|', u.code, e.case_no, e.effect, e.target_kind, e.target, e.decision, e.decided_on),
        E'\n' ORDER BY u.code COLLATE "C", e.case_no COLLATE "C", e.effect, e.target_kind, e.target COLLATE "C")
    FROM tolerance_assessmenteffect e JOIN unit u ON u.id = e.organization_id
    WHERE e.year = %(year)s AND e.is_effective
    UNION ALL
    SELECT 8, string_agg(concat_ws('|', u.code, c.year, ru.category), E'\n' ORDER BY u.code COLLATE "C", c.year)
    FROM assessments_cycle c
    JOIN assessments_rununit ru ON ru.run_id = c.published_run_id
    JOIN unit u ON u.id = ru.unit_id
    WHERE c.jurisdiction_id = %(jurisdiction)s AND c.year < %(year)s AND ru.flagged AND NOT ru.shielded
    UNION ALL
    SELECT 9, string_agg(concat_ws('|', u.code, p.title, p.sort, coalesce(p.starts_on::text, '-'),
        coalesce(p.ends_on::text, '-'), f.name, f.id_masked, h.starts_on,
        coalesce(h.ends_on::text, '-')), E'\n'
        ORDER BY u.code COLLATE "C", p.title COLLATE "C", h.starts_on, h.ends_on, f.id_masked COLLATE "C")
    FROM organizations_post p
    JOIN unit u ON u.id = p.organization_id
    LEFT JOIN officials_postholding h ON h.post_id = p.id AND h.starts_on <= make_date(%(year)s, 12, 31)
        AND (h.ends_on IS NULL OR h.ends_on >= make_date(%(year)s, 1, 1))
    LEFT JOIN officials_official f ON f.id = h.official_id
    WHERE p.is_principal
)
SELECT encode(sha256(convert_to(string_agg(no || E'\n' || coalesce(body, ''), E'\n\n' ORDER BY no) || E'\n\n'
    || %(header)s, 'UTF8')), 'hex')
FROM section
