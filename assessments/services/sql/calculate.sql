-- One county, one year: from points to rank, grade, bottom mark, streak and step, in one statement with the digest and the
-- question whether anything stands against it. Common table expressions after inputs.sql and digest.sql, then the INSERT.
-- Further parameters: engine, ladder (int[] of step severities by streak), window_years, window_flags, window_step,
-- category_change_keeps. Severities: 0 none, 1 reminder talk, 2 admonishment, 3 post adjustment.
-- Rounding: round() to 25 places first. It rounds halves away from zero where the semantics say half-even; the two differ
-- only in the 25th place of a value whose 26 places are exact, and never in the half-up rounding that follows, because a
-- value that the first rounding lifts onto a half has an odd last digit and is lifted by both.
known AS MATERIALIZED (
    SELECT r.id, r.number FROM assessments_run r, digest
    WHERE r.cycle_id = %(cycle)s AND r.digest = digest.hex AND r.engine_version = %(engine)s
),
-- the same conditions as refusals.sql, which lists every place
obstacle AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM unit u LEFT JOIN based b ON b.unit_id = u.unit_id
            WHERE b.weights IS NULL OR b.faulty)
        OR EXISTS (SELECT FROM leaf GROUP BY scheme_id HAVING sum(weight) <> 100)
        OR EXISTS (SELECT FROM leaf
            WHERE (method = 'completion' AND (params ->> 'cap')::numeric > %(cap_max)s)
                OR (method = 'efficacy' AND (params ? 'best') <> (params ? 'worst'))
                OR (method = 'rank' AND NOT params ? 'step') OR (method = 'pass' AND NOT params ? 'threshold')) AS found
),
-- which run the results will belong to; no row when there is nothing to calculate
ticket AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('assessments_run', 'id')) AS run_id
    FROM obstacle
    WHERE NOT found AND NOT EXISTS (SELECT FROM known) AND EXISTS (SELECT FROM unit)
),
-- the scheme as this run took it, once a category: what the explanations of its units share
taken AS (
    INSERT INTO assessments_runscheme (run_id, category, indicators)
    SELECT t.run_id, s.category, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'code', l.code, 'name', l.name, 'group', l."group", 'method', l.method, 'direction', l.direction,
        'weight', trim_scale(l.weight)::text,
        'cap', CASE WHEN l.method = 'completion' THEN trim_scale(l.cap)::text END,
        'step', CASE WHEN l.method = 'rank' THEN trim_scale(l.step)::text END,
        'floor', CASE WHEN l.method = 'rank' THEN trim_scale(l.floor)::text END,
        'threshold', CASE WHEN l.method = 'pass' THEN trim_scale(l.threshold)::text END,
        'best', trim_scale(CASE WHEN l.method <> 'efficacy' THEN NULL WHEN l.best IS NOT NULL THEN l.best
            WHEN l.direction = 'higher' THEN e.high ELSE e.low END)::text,
        'worst', trim_scale(CASE WHEN l.method <> 'efficacy' THEN NULL WHEN l.best IS NOT NULL THEN l.worst
            WHEN l.direction = 'higher' THEN e.low ELSE e.high END)::text
    )) ORDER BY l.line)
    FROM ticket t
    CROSS JOIN (SELECT DISTINCT scheme_id, category FROM unit) s
    JOIN leaf l ON l.scheme_id = s.scheme_id
    LEFT JOIN extreme e ON e.id = l.id
    GROUP BY t.run_id, s.category
    RETURNING id, category
),
adjusted AS MATERIALIZED (
    SELECT a.unit_id,
        sum(a.points) FILTER (WHERE a.points > 0) AS bonuses,
        sum(a.points) FILTER (WHERE a.points < 0 AND v.target IS NULL) AS deductions,
        jsonb_agg(jsonb_build_object(
            'number', a.number, 'points', trim_scale(a.points)::text, 'ground', a.ground, 'document', a.document_no,
            'counted', a.points > 0 OR v.target IS NULL) ORDER BY a.number) AS listed
    FROM assessments_adjustment a
    LEFT JOIN (
        SELECT DISTINCT unit_id, target FROM effect WHERE effect = 'void' AND target_kind = 'adjustment'
    ) v ON v.unit_id = a.unit_id AND v.target = a.number
    WHERE a.cycle_id = %(cycle)s
    GROUP BY a.unit_id
),
vetoed AS MATERIALIZED (
    SELECT w.unit_id,
        count(*) FILTER (WHERE v.target IS NULL) AS counted,
        jsonb_agg(jsonb_build_object('number', w.number, 'ground', w.ground, 'document', w.document_no,
            'counted', v.target IS NULL) ORDER BY w.number) AS listed
    FROM assessments_veto w
    LEFT JOIN (
        SELECT DISTINCT unit_id, target FROM effect WHERE effect = 'void' AND target_kind = 'veto'
    ) v ON v.unit_id = w.unit_id AND v.target = w.number
    WHERE w.cycle_id = %(cycle)s
    GROUP BY w.unit_id
),
effected AS MATERIALIZED (
    SELECT unit_id, bool_or(effect = 'shield') AS shielded, bool_or(effect = 'mitigate') AS mitigated,
        jsonb_agg(jsonb_build_object('case', case_no, 'effect', effect, 'target_kind', target_kind, 'target', target,
            'decision', decision, 'decided_on', decided_on) ORDER BY case_no, effect, target_kind, target) AS listed
    FROM effect GROUP BY unit_id
),
totalled AS MATERIALIZED (
    SELECT t.run_id, u.unit_id, s.*, b.states, b.figures, b.words, b.targets, b.leaf_points, b.leaf_ranks, b.weights,
        round(b.weighted::numeric(80, 40) / b.weights, 25) AS base,
        least(coalesce(a.bonuses, 0), s.bonus_cap) AS bonus,
        greatest(coalesce(a.deductions, 0), s.deduction_cap) AS deduction,
        coalesce(w.counted, 0) AS vetoes,
        coalesce(e.shielded, false) AS shielded, coalesce(e.mitigated, false) AS mitigated,
        coalesce(a.bonuses, 0) AS bonuses_uncapped, coalesce(a.deductions, 0) AS deductions_uncapped,
        coalesce(a.listed, '[]'::jsonb) AS adjustments, coalesce(w.listed, '[]'::jsonb) AS veto_list,
        coalesce(e.listed, '[]'::jsonb) AS effects
    FROM ticket t
    CROSS JOIN unit u
    JOIN assessments_scheme s ON s.id = u.scheme_id
    JOIN based b ON b.unit_id = u.unit_id
    LEFT JOIN adjusted a ON a.unit_id = u.unit_id
    LEFT JOIN vetoed w ON w.unit_id = u.unit_id
    LEFT JOIN effected e ON e.unit_id = u.unit_id
),
summed AS MATERIALIZED (
    SELECT t.*, round(round(t.base + t.bonus + t.deduction, 25), t.places) AS total FROM totalled t
),
-- the arrays have one place an indicator, in the order of `line`
group_points AS MATERIALIZED (
    SELECT s.unit_id, l."group", round(sum(l.weight * s.leaf_points[l.line])::numeric(80, 40) / s.weights, 25) AS points
    FROM summed s
    JOIN leaf l ON l.scheme_id = s.id
    WHERE s.tie_breakers <> '[]'::jsonb AND substr(s.states, l.line::int, 1) = 'c'
    GROUP BY s.unit_id, l."group", s.weights
),
tie_key AS MATERIALIZED (
    SELECT t.unit_id,
        array_agg(CASE WHEN k.item ->> 'by' = 'deduction' THEN t.deduction
            ELSE round(coalesce(g.points, 0), t.places) END ORDER BY k.ord) AS keys
    FROM summed t
    CROSS JOIN LATERAL jsonb_array_elements(t.tie_breakers) WITH ORDINALITY AS k(item, ord)
    LEFT JOIN group_points g ON g.unit_id = t.unit_id AND g."group" = k.item ->> 'group'
    GROUP BY t.unit_id
),
ranked AS (
    SELECT t.*, coalesce(k.keys, '{}'::numeric[]) AS keys,
        rank() OVER by_merit AS rank, count(*) OVER (PARTITION BY t.category) AS n
    FROM summed t
    LEFT JOIN tie_key k ON k.unit_id = t.unit_id
    WINDOW by_merit AS (
        PARTITION BY t.category
        ORDER BY (t.vetoes > 0 AND t.veto_effect = 'rank_last'), t.total DESC, coalesce(k.keys, '{}'::numeric[]) DESC
    )
),
graded AS (
    SELECT r.*, count(*) OVER (PARTITION BY r.category, r.rank) AS sharing,
        count(*) OVER (PARTITION BY r.category, r.total) AS same_total,
        greatest(floor(r.excellent_share * r.n), r.excellent_min) AS excellent_seats,
        CASE WHEN r.n < r.min_class_size THEN 0
            WHEN r.bottom_mode = 'last_percent' THEN ceil(r.bottom_value * r.n / 100)
            ELSE r.bottom_value END AS bottom_n
    FROM ranked r
),
marked AS (
    SELECT g.*,
        CASE
            WHEN g.vetoes = 0 AND g.total >= g.excellent_line AND g.rank + g.sharing - 1 <= g.excellent_seats THEN '优秀'
            WHEN g.vetoes > 0 AND g.veto_effect = 'cap_grade' AND g.total >= g.pass_line THEN '一般'
            WHEN g.total >= g.good_line THEN '良好'
            WHEN g.total >= g.pass_line THEN '一般'
            ELSE '较差'
        END AS grade,
        CASE WHEN g.bottom_ties = 'none' THEN g.rank > g.n - g.bottom_n
            ELSE g.rank + g.sharing - 1 > g.n - g.bottom_n END AS in_bottom,
        coalesce(g.total >= g.exempt_line, false) AS exempt
    FROM graded g
),
past AS (
    SELECT unit_id, year, row_number() OVER (PARTITION BY unit_id ORDER BY year DESC) AS back
    FROM flagged_before WHERE %(category_change_keeps)s OR category_then = category
),
past_window AS (
    SELECT unit_id, count(*) AS flags FROM flagged_before WHERE year > %(year)s - %(window_years)s GROUP BY unit_id
),
streaked AS (
    SELECT m.*, m.in_bottom AND NOT m.exempt AS flagged,
        m.in_bottom AND NOT m.exempt AND NOT m.shielded AS counted_flag,
        coalesce(s.years, 0) AS streak_before, coalesce(w.flags, 0) AS flags_before
    FROM marked m
    LEFT JOIN (
        SELECT unit_id, count(*) AS years FROM past WHERE year = %(year)s - back GROUP BY unit_id
    ) s ON s.unit_id = m.unit_id
    LEFT JOIN past_window w ON w.unit_id = m.unit_id
),
stepped AS (
    SELECT s.*,
        CASE WHEN counted_flag THEN 1 + streak_before ELSE 0 END AS streak,
        flags_before + counted_flag::int AS flags_in_window,
        CASE WHEN counted_flag THEN
            greatest(
                (%(ladder)s::int[])[least(1 + streak_before, cardinality(%(ladder)s::int[]))],
                CASE WHEN flags_before + 1 >= %(window_flags)s THEN %(window_step)s ELSE 0 END
            ) ELSE 0 END AS full_step
    FROM streaked s
),
stored AS (
    INSERT INTO assessments_rununit (
        run_id, scheme_id, unit_id, category, base, bonus, deduction, vetoes, total, rank, n, grade, flagged, shielded,
        mitigated, streak, flags_in_window, step, states, figures, words, targets, leaf_points, leaf_ranks, weight_counted, notes
    )
    SELECT d.run_id, taken.id, d.unit_id, d.category, base, bonus, deduction, vetoes, total, rank, n, grade, flagged,
        shielded, mitigated, streak, flags_in_window,
        (ARRAY['none', 'reminder_talk', 'admonishment', 'post_adjustment'])
            [1 + greatest(0, full_step - (mitigated AND full_step > 0)::int)],
        states, figures, words, targets, leaf_points, leaf_ranks, weights,
        jsonb_build_object(
            'places', places, 'sharing', sharing, 'same_total', same_total, 'keys', to_jsonb(keys::text[]),
            'tie_breakers', tie_breakers,
            'excellent_seats', excellent_seats::int, 'excellent_line', excellent_line::text, 'good_line', good_line::text,
            'pass_line', pass_line::text, 'veto_effect', veto_effect,
            'bonuses', trim_scale(bonuses_uncapped)::text, 'deductions', trim_scale(deductions_uncapped)::text,
            'bonus_cap', trim_scale(bonus_cap)::text, 'deduction_cap', trim_scale(deduction_cap)::text,
            'adjustments', adjustments, 'vetoes', veto_list, 'effects', effects,
            'in_bottom', in_bottom, 'exempt', exempt, 'bottom_n', bottom_n, 'min_class_size', min_class_size,
            'bottom_ties', bottom_ties,
            'streak_before', streak_before, 'flags_before', flags_before, 'full_step', full_step
        )
    FROM stepped d
    JOIN taken ON taken.category = d.category
    RETURNING unit_id, step
)
SELECT (SELECT hex FROM digest), (SELECT id FROM known), (SELECT found FROM obstacle), (SELECT run_id FROM ticket),
    count(*),
    (SELECT count(*) FROM assessments_run WHERE cycle_id = %(cycle)s),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('case', e.case_no, 'unit', u.unit_code, 'effect', e.effect,
        'target_kind', e.target_kind, 'target', e.target) ORDER BY e.case_no, u.unit_code, e.effect, e.target_kind, e.target),
        '[]') FROM effect e JOIN unit u ON u.unit_id = e.unit_id),
    coalesce(array_agg(unit_id ORDER BY unit_id) FILTER (WHERE step <> 'none'), '{}'),
    coalesce(array_agg(step ORDER BY unit_id) FILTER (WHERE step <> 'none'), '{}'),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('unit', p.unit_id, 'pk', p.post_id, 'sort', p.sort, 'title', p.title,
            'spells', h.listed)), '[]')
        FROM stored s
        JOIN post p ON p.unit_id = s.unit_id AND (p.starts_on IS NULL OR p.starts_on <= make_date(%(year)s, 12, 31))
            AND (p.ends_on IS NULL OR p.ends_on >= make_date(%(year)s, 1, 1))
        LEFT JOIN (
            SELECT post_id, jsonb_agg(jsonb_build_array(official_id, starts_on, ends_on)) AS listed FROM spell GROUP BY post_id
        ) h ON h.post_id = p.post_id
        WHERE s.step <> 'none')
FROM stored
