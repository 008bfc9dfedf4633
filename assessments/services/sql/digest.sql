-- SHA-256 over every input of a calculation in natural keys (no database numbers): the same inputs elsewhere give the
-- same digest. Each line is one section; lists are ordered by their natural key in the C collation. Figures stand in the order
-- of section 3 (order, then code). Common table expressions after inputs.sql. Further parameter: header.
section AS (
    SELECT 1 AS no, string_agg(concat_ws('|', unit_code, category), E'\n' ORDER BY unit_code COLLATE "C") AS body FROM unit
    UNION ALL
    SELECT 2, string_agg(concat_ws('|', category, trim_scale(bonus_cap), trim_scale(deduction_cap), veto_effect, places,
        trim_scale(excellent_share), excellent_min, trim_scale(excellent_line), trim_scale(good_line),
        trim_scale(pass_line), bottom_mode, trim_scale(bottom_value), min_class_size,
        coalesce(trim_scale(exempt_line)::text, '-'), bottom_ties, tie_breakers), E'\n' ORDER BY category COLLATE "C")
    FROM assessments_scheme WHERE cycle_id = %(cycle)s
    UNION ALL
    SELECT 3, string_agg(concat_ws('|', s.category, i.sort, i.code, i.name, i."group", trim_scale(i.weight), i.method,
        i.direction, i.params), E'\n' ORDER BY s.category COLLATE "C", i.code COLLATE "C")
    FROM assessments_scheme s
    CROSS JOIN LATERAL (SELECT * FROM assessments_indicator a WHERE a.scheme_id = s.id OFFSET 0) i
    WHERE s.cycle_id = %(cycle)s
    UNION ALL
    SELECT 4, string_agg(concat_ws('|', u.unit_code, b.states, b.figures, b.words, b.targets), E'\n' ORDER BY u.unit_code COLLATE "C")
    FROM based b JOIN unit u ON u.unit_id = b.unit_id
    UNION ALL
    SELECT 5, string_agg(concat_ws('|', u.unit_code, a.number, trim_scale(a.points), a.ground, a.document_no), E'\n'
        ORDER BY a.number COLLATE "C")
    FROM assessments_adjustment a JOIN unit u ON u.unit_id = a.unit_id WHERE a.cycle_id = %(cycle)s
    UNION ALL
    SELECT 6, string_agg(concat_ws('|', u.unit_code, v.number, v.ground, v.document_no), E'\n'
        ORDER BY v.number COLLATE "C")
    FROM assessments_veto v JOIN unit u ON u.unit_id = v.unit_id WHERE v.cycle_id = %(cycle)s
    UNION ALL
    SELECT 7, string_agg(concat_ws('|', u.unit_code, e.case_no, e.effect, e.target_kind, e.target, e.decision,
        e.decided_on), E'\n'
        ORDER BY u.unit_code COLLATE "C", e.case_no COLLATE "C", e.effect, e.target_kind, e.target COLLATE "C")
    FROM effect e JOIN unit u ON u.unit_id = e.unit_id
    UNION ALL
    SELECT 8, string_agg(concat_ws('|', unit_code, year, category_then), E'\n' ORDER BY unit_code COLLATE "C", year)
    FROM flagged_before
    UNION ALL
    SELECT 9, string_agg(concat_ws('|', p.unit_code, p.title, p.sort, coalesce(p.starts_on::text, '-'),
        coalesce(p.ends_on::text, '-'), h.name, h.id_masked, h.starts_on, coalesce(h.ends_on::text, '-')), E'\n'
        ORDER BY p.unit_code COLLATE "C", p.title COLLATE "C", h.starts_on, h.ends_on, h.id_masked COLLATE "C")
    FROM post p LEFT JOIN spell h ON h.post_id = p.post_id
),
digest AS MATERIALIZED (
    SELECT encode(sha256(convert_to(string_agg(no || E'\n' || coalesce(body, ''), E'\n\n' ORDER BY no) || E'\n\n'
        || %(header)s, 'UTF8')), 'hex') AS hex
    FROM section
)
