-- What a calculation takes in, read once: units, schemes, indicators, figures, tolerance effects, leaders, earlier bottom
-- marks; and from figures to points. Common table expressions shared by digest and calculation (no WITH of its own). Parameters: cycle,
-- jurisdiction, year, cap, rank_floor, grade_table.
-- Exactness: divisions are carried to 40 places; PostgreSQL keeps the larger scale of the operands.
-- OFFSET 0 keeps the planner from turning a look-up by index into a join whose size it guesses from the whole table, so that
-- one county costs the same among 2,844 as alone.
unit AS MATERIALIZED (
    SELECT o.id AS unit_id, o.code AS unit_code, c.category, s.id AS scheme_id
    FROM organizations_organization o
    CROSS JOIN LATERAL (
        SELECT uc.category FROM organizations_unitcategory uc WHERE uc.organization_id = o.id AND uc.year = %(year)s
        OFFSET 0
    ) c
    LEFT JOIN assessments_scheme s ON s.cycle_id = %(cycle)s AND s.category = c.category
    WHERE o.jurisdiction_id = %(jurisdiction)s
),
effect AS MATERIALIZED (
    SELECT u.unit_id, e.effect, e.target_kind, e.target, e.case_no, e.decision, e.decided_on
    FROM unit u
    CROSS JOIN LATERAL (
        SELECT t.effect, t.target_kind, t.target, t.case_no, t.decision, t.decided_on
        FROM tolerance_assessmenteffect t
        WHERE t.organization_id = u.unit_id AND t.year = %(year)s AND t.is_effective
        OFFSET 0
    ) e
),
leaf AS MATERIALIZED (
    SELECT i.id, i.scheme_id, i.code, i.name, i."group", i.weight, i.method, i.direction, i.params,
        row_number() OVER (PARTITION BY i.scheme_id ORDER BY i.sort, i.code COLLATE "C") AS line,
        coalesce((i.params ->> 'cap')::numeric, %(cap)s) AS cap,
        (i.params ->> 'best')::numeric AS best, (i.params ->> 'worst')::numeric AS worst,
        (i.params ->> 'step')::numeric AS step, coalesce((i.params ->> 'floor')::numeric, %(rank_floor)s) AS floor,
        (i.params ->> 'threshold')::numeric AS threshold,
        coalesce(i.params -> 'table', %(grade_table)s::jsonb) AS grades
    FROM (SELECT DISTINCT scheme_id FROM unit WHERE scheme_id IS NOT NULL) s
    CROSS JOIN LATERAL (SELECT * FROM assessments_indicator a WHERE a.scheme_id = s.scheme_id OFFSET 0) i
),
voided AS MATERIALIZED (
    SELECT DISTINCT unit_id, target FROM effect WHERE effect = 'void' AND target_kind = 'indicator'
),
-- principal posts of the units, and who held them during the year: what makes a leader liable
post AS MATERIALIZED (
    SELECT u.unit_id, u.unit_code, p.*
    FROM unit u
    CROSS JOIN LATERAL (
        SELECT q.id AS post_id, q.sort, q.title, q.starts_on, q.ends_on
        FROM organizations_post q WHERE q.organization_id = u.unit_id AND q.is_principal
        OFFSET 0
    ) p
),
spell AS MATERIALIZED (
    SELECT p.post_id, h.*
    FROM post p
    CROSS JOIN LATERAL (
        SELECT k.official_id, f.name, f.id_masked, k.starts_on, k.ends_on
        FROM officials_postholding k JOIN officials_official f ON f.id = k.official_id
        WHERE k.post_id = p.post_id AND k.starts_on <= make_date(%(year)s, 12, 31)
            AND (k.ends_on IS NULL OR k.ends_on >= make_date(%(year)s, 1, 1))
        OFFSET 0
    ) h
),
-- bottom marks that counted in earlier published years, of the units of this one
flagged_before AS MATERIALIZED (
    SELECT u.unit_id, u.unit_code, u.category, c.year, r.category AS category_then
    FROM assessments_cycle c
    CROSS JOIN LATERAL (
        SELECT ru.unit_id, ru.category FROM assessments_rununit ru
        WHERE ru.run_id = c.published_run_id AND ru.flagged AND NOT ru.shielded
        OFFSET 0
    ) r
    JOIN unit u ON u.unit_id = r.unit_id
    WHERE c.jurisdiction_id = %(jurisdiction)s AND c.year < %(year)s
),
figure AS (
    SELECT u.unit_id, f.*
    FROM unit u
    CROSS JOIN LATERAL (
        SELECT s.indicator_id, s.figure, s.word, s.target, s.is_applicable
        FROM assessments_score s WHERE s.cycle_id = %(cycle)s AND s.unit_id = u.unit_id
        OFFSET 0
    ) f
),
-- Every unit with every indicator of its category; a figure left from a category that the unit was in before takes no part.
-- `counted`: applies and is not voided. `fault`: stands against the calculation (the list of them is refusals.sql).
cell AS MATERIALIZED (
    SELECT c.*,
        c.counted AND CASE c.method
            WHEN 'grade' THEN coalesce(c.word, '') = '' OR NOT c.grades ? c.word
            WHEN 'completion' THEN c.figure IS NULL OR c.target IS NULL OR c.target <= 0
            WHEN 'direct' THEN c.figure IS NULL OR c.figure < 0 OR c.figure > 100
            ELSE c.figure IS NULL END AS fault
    FROM (
        SELECT u.unit_id, l.id, l.line, l.weight, l.method, l.direction, l.cap, l.best, l.worst, l.step, l.floor,
            l.threshold, l.grades, f.figure, f.word, f.target,
            coalesce(f.is_applicable, true) AND v.unit_id IS NULL AS counted,
            CASE WHEN v.unit_id IS NOT NULL THEN 'v' WHEN coalesce(f.is_applicable, true) THEN 'c' ELSE 'n' END AS state
        FROM unit u
        JOIN leaf l ON l.scheme_id = u.scheme_id
        LEFT JOIN figure f ON f.unit_id = u.unit_id AND f.indicator_id = l.id
        LEFT JOIN voided v ON v.unit_id = u.unit_id AND v.target = l.code
    ) c
),
-- against the other units of the category: extremes and places of an indicator
extreme AS MATERIALIZED (
    SELECT id, min(figure) AS low, max(figure) AS high
    FROM cell WHERE counted AND method = 'efficacy' AND best IS NULL GROUP BY id
),
place AS MATERIALIZED (
    SELECT unit_id, id,
        rank() OVER (PARTITION BY id ORDER BY CASE WHEN direction = 'higher' THEN -figure ELSE figure END) AS place
    FROM cell WHERE counted AND method = 'rank'
),
pointed AS (
    SELECT c.unit_id, c.line, c.weight, c.state, c.counted, c.fault, c.figure, nullif(c.word, '') AS word, c.target, p.place,
        CASE WHEN c.counted AND NOT c.fault THEN
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
                WHEN e.low = e.high THEN 100
                WHEN c.direction = 'higher' THEN
                    60 + (c.figure - e.low)::numeric(80, 40) * 40 / (e.high - e.low)
                ELSE 60 + (e.high - c.figure)::numeric(80, 40) * 40 / (e.high - e.low)
                END
            WHEN 'rank' THEN greatest(c.floor, 100 - c.step * (p.place - 1))
            WHEN 'grade' THEN (c.grades ->> c.word)::numeric
            WHEN 'pass' THEN
                CASE WHEN (c.direction = 'higher' AND c.figure >= c.threshold)
                    OR (c.direction = 'lower' AND c.figure <= c.threshold) THEN 100 ELSE 0 END
            END
        END AS p
    FROM cell c
    LEFT JOIN extreme e ON e.id = c.id
    LEFT JOIN place p ON p.unit_id = c.unit_id AND p.id = c.id
),
-- one row a unit: its figures and points as columns of arrays, in the scheme's order of indicators
based AS MATERIALIZED (
    SELECT unit_id, bool_or(fault) AS faulty,
        sum(weight) FILTER (WHERE counted) AS weights,
        sum(weight * p) FILTER (WHERE counted) AS weighted,
        string_agg(state, '' ORDER BY line) AS states,
        array_agg(figure ORDER BY line) AS figures,
        array_agg(word ORDER BY line) AS words,
        array_agg(target ORDER BY line) AS targets,
        array_agg(p ORDER BY line) AS leaf_points,
        array_agg(place ORDER BY line) AS leaf_ranks
    FROM pointed
    GROUP BY unit_id
)
