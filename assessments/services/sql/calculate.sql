-- One county, one year: from figures to rank, grade, bottom mark, streak and step, in one statement.
-- Parameters: run, cycle, jurisdiction, year, ladder (int[] of step severities by streak), window_years, window_flags,
-- window_step, category_change_keeps. Severities: 0 none, 1 reminder talk, 2 admonishment, 3 post adjustment.
-- Exactness: divisions are carried to 40 places; PostgreSQL keeps the larger scale of the operands.
-- Rounding: round() to 25 places first. It rounds halves away from zero where the semantics say half-even; the two differ
-- only in the 25th place of a value whose 26 places are exact, and never in the half-up rounding that follows, because a
-- value that the first rounding lifts onto a half has an odd last digit and is lifted by both.
WITH unit AS MATERIALIZED (
    SELECT o.id AS unit_id, o.code AS unit_code, s.*
    FROM organizations_unitcategory uc
    JOIN organizations_organization o ON o.id = uc.organization_id AND o.jurisdiction_id = %(jurisdiction)s
    JOIN assessments_scheme s ON s.cycle_id = %(cycle)s AND s.category = uc.category
    WHERE uc.year = %(year)s
),
effect AS MATERIALIZED (
    SELECT e.organization_id AS unit_id, e.effect, e.target_kind, e.target, e.case_no, e.decision, e.decided_on
    FROM tolerance_assessmenteffect e
    WHERE e.year = %(year)s AND e.is_effective AND e.organization_id IN (SELECT unit_id FROM unit)
),
leaf AS MATERIALIZED (
    SELECT i.id, i.scheme_id, i.code, i."group", i.weight, i.method, i.direction,
        row_number() OVER (ORDER BY i.scheme_id, i.sort, i.code) AS line,
        coalesce((i.params ->> 'cap')::numeric, %(cap)s) AS cap,
        (i.params ->> 'best')::numeric AS best, (i.params ->> 'worst')::numeric AS worst,
        (i.params ->> 'step')::numeric AS step, coalesce((i.params ->> 'floor')::numeric, %(rank_floor)s) AS floor,
        (i.params ->> 'threshold')::numeric AS threshold,
        coalesce(i.params -> 'table', %(grade_table)s::jsonb) AS grades,
        -- what stands in every unit's explanation of the indicator, written once: an object without its last brace
        rtrim(jsonb_build_object('code', i.code, 'name', i.name, 'group', i."group", 'method', i.method,
            'weight', trim_scale(i.weight)::text)::text, '}') AS opening
    FROM assessments_indicator i
    JOIN assessments_scheme s ON s.id = i.scheme_id
    WHERE s.cycle_id = %(cycle)s
),
voided AS MATERIALIZED (
    SELECT DISTINCT unit_id, target FROM effect WHERE effect = 'void' AND target_kind = 'indicator'
),
-- Unit by unit through the index (cycle, unit, indicator): as fast in a nation as in one county. OFFSET 0 keeps the planner
-- from turning this into a join whose size it guesses from the whole table; guessed far too small, it led to nested loops.
figure AS MATERIALIZED (
    SELECT u.unit_id, u.id AS scheme_id, sc.*
    FROM unit u
    CROSS JOIN LATERAL (
        SELECT s.indicator_id, s.figure, s.word, s.target, s.is_applicable
        FROM assessments_score s WHERE s.cycle_id = %(cycle)s AND s.unit_id = u.unit_id
        OFFSET 0
    ) sc
),
cell AS MATERIALIZED (
    SELECT f.unit_id, f.figure, f.word, f.target, f.is_applicable,
        v.unit_id IS NOT NULL AS is_void, f.is_applicable AND v.unit_id IS NULL AS counted, leaf.*
    FROM figure f
    -- a figure left from a category the unit was in before takes no part
    JOIN leaf ON leaf.id = f.indicator_id AND coalesce(leaf.scheme_id = f.scheme_id, false)
    LEFT JOIN voided v ON v.unit_id = f.unit_id AND v.target = leaf.code
),
-- against the other units of the category: extremes and places of an indicator
compared AS (
    SELECT c.*,
        min(c.figure) FILTER (WHERE c.counted) OVER among AS low,
        max(c.figure) FILTER (WHERE c.counted) OVER among AS high,
        CASE WHEN c.counted AND c.method = 'rank' THEN
            rank() OVER (PARTITION BY c.id, c.counted
                ORDER BY CASE WHEN c.direction = 'higher' THEN -c.figure ELSE c.figure END)
        END AS place
    FROM cell c
    WINDOW among AS (PARTITION BY c.id)
),
pointed AS MATERIALIZED (
    SELECT c.unit_id, c.figure, c.word, c.target, c.is_applicable, c.is_void, c.counted, c.place,
        sum(c.weight) FILTER (WHERE c.counted) OVER (PARTITION BY c.unit_id) AS weights,
        c."group", c.opening, c.weight, c.line,
        CASE WHEN c.counted THEN
            CASE c.method
            WHEN 'direct' THEN c.figure
            WHEN 'completion' THEN
                CASE
                WHEN c.direction = 'lower' AND c.figure <= 0 THEN c.cap
                WHEN c.direction = 'lower' THEN least(c.cap, c.target::numeric(80, 40) * 100 / c.figure)
                ELSE greatest(0, least(c.cap, c.figure::numeric(80, 40) * 100 / c.target))
                END
            WHEN 'efficacy' THEN
                CASE
                WHEN c.best IS NOT NULL THEN
                    CASE WHEN c.best = c.worst THEN 100
                    ELSE greatest(0, least(100,
                        60 + (c.figure - c.worst)::numeric(80, 40) * 40 / (c.best - c.worst)))
                    END
                WHEN c.low = c.high THEN 100
                WHEN c.direction = 'higher' THEN
                    60 + (c.figure - c.low)::numeric(80, 40) * 40 / (c.high - c.low)
                ELSE 60 + (c.high - c.figure)::numeric(80, 40) * 40 / (c.high - c.low)
                END
            WHEN 'rank' THEN greatest(c.floor, 100 - c.step * (c.place - 1))
            WHEN 'grade' THEN (c.grades ->> c.word)::numeric
            WHEN 'pass' THEN
                CASE WHEN (c.direction = 'higher' AND c.figure >= c.threshold)
                    OR (c.direction = 'lower' AND c.figure <= c.threshold) THEN 100 ELSE 0 END
            END
        END AS p,
        CASE WHEN c.method = 'efficacy' AND c.best IS NULL THEN
            CASE WHEN c.direction = 'higher' THEN c.high ELSE c.low END ELSE c.best END AS best,
        CASE WHEN c.method = 'efficacy' AND c.best IS NULL THEN
            CASE WHEN c.direction = 'higher' THEN c.low ELSE c.high END ELSE c.worst END AS worst
    FROM compared c
),
-- The explanation is written as text and read as jsonb once per unit: a quarter of what 2,100 calls of jsonb_build_object
-- cost. Only numbers and our own words stand between bare quotes; what people typed goes through to_json.
based AS MATERIALIZED (
    SELECT unit_id,
        round(sum(weight * p) FILTER (WHERE counted)::numeric(80, 40) / min(weights), 25) AS base,
        ('[' || string_agg(
            opening
            || CASE WHEN is_void THEN ', "state": "void"' WHEN is_applicable THEN ', "state": "counted"'
                ELSE ', "state": "not_applicable"' END
            || coalesce(', "raw": ' || coalesce(to_json(nullif(word, ''))::text, '"' || trim_scale(figure) || '"'), '')
            || coalesce(', "target": "' || trim_scale(target) || '"', '')
            || CASE WHEN counted THEN
                ', "effective_weight": "' || trim_scale(round(weight::numeric(80, 40) * 100 / weights, 25))
                || coalesce('", "p": "' || trim_scale(round(p, 25))
                    || '", "contribution": "' || trim_scale(round((weight * p)::numeric(80, 40) / weights, 25)), '')
                || coalesce('", "best": "' || trim_scale(best), '') || coalesce('", "worst": "' || trim_scale(worst), '')
                || '"' || coalesce(', "place": ' || place, '')
                ELSE '' END
            || '}', ',' ORDER BY line
        ) || ']')::jsonb AS points
    FROM pointed
    GROUP BY unit_id
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
    SELECT u.*, b.base, b.points,
        least(coalesce(a.bonuses, 0), u.bonus_cap) AS bonus,
        greatest(coalesce(a.deductions, 0), u.deduction_cap) AS deduction,
        coalesce(w.counted, 0) AS vetoes,
        round(round(b.base + least(coalesce(a.bonuses, 0), u.bonus_cap)
            + greatest(coalesce(a.deductions, 0), u.deduction_cap), 25), u.places) AS total,
        coalesce(e.shielded, false) AS shielded, coalesce(e.mitigated, false) AS mitigated,
        coalesce(a.bonuses, 0) AS bonuses_uncapped, coalesce(a.deductions, 0) AS deductions_uncapped,
        coalesce(a.listed, '[]'::jsonb) AS adjustments, coalesce(w.listed, '[]'::jsonb) AS veto_list,
        coalesce(e.listed, '[]'::jsonb) AS effects
    FROM unit u
    JOIN based b ON b.unit_id = u.unit_id
    LEFT JOIN adjusted a ON a.unit_id = u.unit_id
    LEFT JOIN vetoed w ON w.unit_id = u.unit_id
    LEFT JOIN effected e ON e.unit_id = u.unit_id
),
group_points AS MATERIALIZED (
    SELECT p.unit_id, p."group", round(sum(p.weight * p.p)::numeric(80, 40) / min(p.weights), 25) AS points
    FROM pointed p
    JOIN unit u ON u.unit_id = p.unit_id AND u.tie_breakers <> '[]'::jsonb
    WHERE p.counted
    GROUP BY p.unit_id, p."group"
),
tie_key AS MATERIALIZED (
    SELECT t.unit_id,
        array_agg(CASE WHEN k.item ->> 'by' = 'deduction' THEN t.deduction
            ELSE round(coalesce(g.points, 0), t.places) END ORDER BY k.ord) AS keys
    FROM totalled t
    CROSS JOIN LATERAL jsonb_array_elements(t.tie_breakers) WITH ORDINALITY AS k(item, ord)
    LEFT JOIN group_points g ON g.unit_id = t.unit_id AND g."group" = k.item ->> 'group'
    GROUP BY t.unit_id
),
ranked AS (
    SELECT t.*, coalesce(k.keys, '{}'::numeric[]) AS keys,
        rank() OVER by_merit AS rank, count(*) OVER (PARTITION BY t.category) AS n
    FROM totalled t
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
    SELECT ru.unit_id, c.year,
        row_number() OVER (PARTITION BY ru.unit_id ORDER BY c.year DESC) AS back
    FROM assessments_cycle c
    JOIN assessments_rununit ru ON ru.run_id = c.published_run_id
    JOIN unit u ON u.unit_id = ru.unit_id
    WHERE c.jurisdiction_id = %(jurisdiction)s AND c.year < %(year)s AND ru.flagged AND NOT ru.shielded
        AND (%(category_change_keeps)s OR ru.category = u.category)
),
past_window AS (
    SELECT ru.unit_id, count(*) AS flags
    FROM assessments_cycle c
    JOIN assessments_rununit ru ON ru.run_id = c.published_run_id
    WHERE c.jurisdiction_id = %(jurisdiction)s AND c.year < %(year)s AND c.year > %(year)s - %(window_years)s
        AND ru.flagged AND NOT ru.shielded
    GROUP BY ru.unit_id
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
)
INSERT INTO assessments_rununit (
    run_id, unit_id, category, base, bonus, deduction, vetoes, total, rank, n, grade, flagged, shielded, mitigated,
    streak, flags_in_window, step, points, notes
)
SELECT %(run)s, unit_id, category, base, bonus, deduction, vetoes, total, rank, n, grade, flagged, shielded, mitigated,
    streak, flags_in_window,
    (ARRAY['none', 'reminder_talk', 'admonishment', 'post_adjustment'])
        [1 + greatest(0, full_step - (mitigated AND full_step > 0)::int)],
    points,
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
FROM stepped
