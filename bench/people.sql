-- A made-up record: units in counties, then people with names from a list, spread over units, ages, ranks, schooling.
-- Every attribute is drawn by a hash of the person's number with a seed of its own, so that no two attributes go together
-- and every run has the same people.

CREATE OR REPLACE FUNCTION pg_temp.chance(number bigint, seed bigint, size int) RETURNS int LANGUAGE sql IMMUTABLE
RETURN ((hashint8extended(number, seed) & 2147483647) %% size)::int;

INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code, level, nature)
SELECT 'P' || lpad(c::text, 4, '0'), '第' || c || '县', '', 'jurisdiction', lpad((700000 + c)::text, 6, '0'), c, '', '', ''
FROM generate_series(1, %(counties)s) c;

INSERT INTO organizations_organization (code, name, short_name, kind, path, sort, division_code, parent_id,
    jurisdiction_id, level, nature)
SELECT j.code || '-' || lpad(u::text, 2, '0'),
    j.name || (ARRAY['财政局', '教育局', '民政局', '水利局', '司法局', '统计局', '审计局'])[1 + u %% 7] || u, '',
    CASE WHEN u > 60 THEN 'town' ELSE 'department' END, j.path || lpad(u::text, 6, '0'), u, '', j.id, j.id, '', ''
FROM organizations_organization j, generate_series(1, 70) u
WHERE j.kind = 'jurisdiction' AND j.code LIKE 'P%%';

CREATE TEMP TABLE bench_units AS
SELECT row_number() OVER (ORDER BY path) - 1 AS place, id, path, name FROM organizations_organization
WHERE code LIKE 'P%%-%%';

INSERT INTO officials_official (name, sort_key, grams, id_cipher, id_hash, id_masked, sex, birth_on, birth_text, ethnicity,
    politics, party_on, work_on, full_education, full_school, service_education, home_id, org_path, team_order, post_text,
    post_short, post_on, level, rank, rank_on, status, has_grassroots_years, version, none_declared, updated_at, {empty})
SELECT n.name, n.sort_key, n.grams || ('#' || lpad((i %% 10000)::text, 4, '0')), '', md5(i::text) || md5(i::text || 'x'),
    '440784********' || lpad((i %% 10000)::text, 4, '0'),
    CASE WHEN pg_temp.chance(i, 1, 100) < 28 THEN '2' ELSE '1' END,
    date '1964-01-01' + pg_temp.chance(i, 2, 14000), '',
    CASE WHEN pg_temp.chance(i, 3, 100) < 94 THEN '汉族' ELSE (ARRAY['壮族', '瑶族', '回族', '满族', '苗族'])[1 + pg_temp.chance(i, 16, 5)] END,
    CASE WHEN pg_temp.chance(i, 4, 100) < 88 THEN '中共党员' ELSE (ARRAY['群众', '民盟盟员', '九三社员', '无党派'])[1 + pg_temp.chance(i, 17, 4)] END,
    date '1990-01-01' + pg_temp.chance(i, 5, 11000), date '1985-01-01' + pg_temp.chance(i, 6, 13000),
    (ARRAY['研究生', '大学', '大学', '大学', '大专', '大专', '中专'])[1 + pg_temp.chance(i, 7, 7)],
    (ARRAY['中山大学', '暨南大学', '五邑大学', '华南师范大学'])[1 + pg_temp.chance(i, 18, 4)]
        || (ARRAY['会计学', '法学', '汉语言文学', '土木工程', '农学', '公共管理', '水利水电工程'])[1 + pg_temp.chance(i, 8, 7)] || '专业',
    (ARRAY['', '', '大学', '研究生'])[1 + pg_temp.chance(i, 9, 4)], u.id, u.path, pg_temp.chance(i, 19, 60),
    u.name || (ARRAY['局长', '副局长', '党组书记', '办公室主任', '科员', '一级科员', '股长', '四级主任科员'])[1 + pg_temp.chance(i, 10, 8)], '',
    date '2008-01-01' + pg_temp.chance(i, 11, 6500),
    (ARRAY['县处级副职', '乡科级正职', '乡科级副职', '乡科级副职', '科员'])[1 + pg_temp.chance(i, 12, 5)],
    (ARRAY['二级调研员', '三级调研员', '四级调研员', '一级主任科员', '二级主任科员', '三级主任科员', '四级主任科员', '一级科员',
        '二级科员'])[1 + pg_temp.chance(i, 13, 9)],
    date '2012-01-01' + pg_temp.chance(i, 14, 5000), CASE WHEN pg_temp.chance(i, 20, 50) = 0 THEN '21' ELSE '1' END,
    pg_temp.chance(i, 15, 10) < 6, 1, '{{}}', now(), {blank}
FROM generate_series(%(first)s::bigint, %(last)s::bigint) i
JOIN bench_names n ON n.place = i * 86028121 %% (SELECT count(*) FROM bench_names)
JOIN bench_units u ON u.place = i * 15487469 %% (SELECT count(*) FROM bench_units);

INSERT INTO organizations_post (organization_id, title, level, is_principal, is_team_member, is_sensitive, counts_quota, sort)
SELECT id, t.title, '', t.place = 1, true, false, true, t.place
FROM bench_units, (VALUES (1, '局长'), (2, '副局长')) t(place, title);

INSERT INTO officials_postholding (official_id, post_id, starts_on, is_main, unit_text, title_text, document_no, note, level,
    method, member_kind, is_exceptional, is_shown, order_in_person, end_document_no, change_reason)
SELECT o.id, p.id, o.post_on, true, '', '', '', '', '', '', '', false, true, 0, '', ''
FROM officials_official o JOIN organizations_post p ON p.organization_id = o.home_id
    AND p.title = CASE WHEN o.team_order = 0 THEN '局长' ELSE '副局长' END
WHERE o.team_order < 5
