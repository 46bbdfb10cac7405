-- What the reports that count tell of absences with pay, without the days that were claimed: by person and cause, in
-- runs of parts between which no weekday lies. Unpaid days can begin such a run or lie in it, but not end it: where
-- somebody waits, the wait begins with them. Only runs that may still be in time, and long enough to pay anything.
WITH calendar AS MATERIALIZED (
    SELECT day, passed, workdays
    FROM unnest(%(days)s::date[], %(passed)s::integer[], %(workdays)s::integer[]) AS one (day, passed, workdays)
), told AS MATERIALIZED (
    SELECT a.id, v.person_id AS person, a.cause_code AS cause, GREATEST(a.start, %(first)s::date) AS start,
        LEAST(days."end", %(last)s::date) AS "end", a.amount, a.unpaid,
        COALESCE(a.reimbursement_type <> %(lump_sum)s, false)
            OR COALESCE(a.further @? %(other_claim)s::jsonpath, false) AS claimed
    FROM employers_paidabsence a
    JOIN employers_reportversion v ON v.id = a.report_id
    CROSS JOIN LATERAL (
        SELECT COALESCE(a."end", CASE WHEN a.until IS NOT NULL THEN LEAST(a.until, v.period_end) END) AS "end"
    ) days
    WHERE v.organisation_id = %(organisation)s AND v.person_id IS NOT NULL AND a.current
        AND (%(person)s::uuid IS NULL OR v.person_id = %(person)s::uuid)
        AND a.cause_code = ANY(CASE WHEN a.unpaid THEN %(waiting)s ELSE %(causes)s END::integer[])
        AND a.start <= days."end" AND days."end" >= %(first)s::date AND a.start <= %(last)s::date
), applied AS MATERIALIZED (
    SELECT person_id AS person, absence_start AS start, absence_end AS "end"
    FROM employers_application
    WHERE organisation_id = %(organisation)s AND person_id IS NOT NULL AND status <> %(withdrawn)s
        AND (%(person)s::uuid IS NULL OR person_id = %(person)s::uuid)
        AND benefit = ANY(%(daily)s::text[]) AND absence_end >= %(first)s::date
), taken AS (
    SELECT person, range_agg(daterange(start, "end", '[]')) AS days, array_agg("end") AS ends
    FROM (SELECT * FROM applied UNION ALL SELECT person, start, "end" FROM told WHERE claimed) AS claims
    GROUP BY person
), free AS (
    SELECT told.id, told.person, told.cause, told.start, told."end", told.amount, told.unpaid,
        lower(piece) AS first, upper(piece) - 1 AS last
    FROM told LEFT JOIN taken USING (person)
    CROSS JOIN LATERAL unnest(
        datemultirange(daterange(told.start, told."end", '[]')) - COALESCE(taken.days, '{}'::datemultirange)
    ) AS piece
    WHERE NOT told.claimed
), counted AS (
    SELECT free.*, onset.passed AS passed_first, until.passed AS passed_last, until.workdays - before.workdays AS workdays,
        CASE WHEN before.passed <= max(until.passed) OVER earlier THEN 0 ELSE 1 END AS begins
    FROM free
    JOIN calendar before ON before.day = free.first - 1
    JOIN calendar onset ON onset.day = free.first
    JOIN calendar until ON until.day = free.last
    WINDOW earlier AS (
        PARTITION BY person, cause ORDER BY first, last, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
), numbered AS (
    SELECT counted.*, sum(begins) OVER (PARTITION BY person, cause ORDER BY first, last, id) AS run FROM counted
), runs AS (
    SELECT person, cause, min(first) AS start, max(last) FILTER (WHERE NOT unpaid) AS "end",
        sum(workdays) FILTER (WHERE NOT unpaid) AS workdays,
        max(passed_last) FILTER (WHERE NOT unpaid) - min(passed_first) AS after_onset,
        array_agg(first ORDER BY first, last, id) AS firsts, array_agg(last ORDER BY first, last, id) AS lasts,
        array_agg(start ORDER BY first, last, id) AS starts, array_agg("end" ORDER BY first, last, id) AS ends,
        array_agg(amount ORDER BY first, last, id) AS amounts
    FROM numbered GROUP BY person, cause, run
), beside AS (
    SELECT runs.*, lag(cause) OVER by_day AS cause_before, lag("end") OVER by_day AS end_before,
        lag(after_onset) OVER by_day AS after_onset_before
    FROM runs WINDOW by_day AS (PARTITION BY person ORDER BY start, "end", cause)
)
SELECT person, cause, beside.start, beside."end", cause_before, end_before, after_onset_before,
    firsts, lasts, starts, beside.ends, amounts
FROM beside
JOIN unnest(%(law_causes)s::integer[], %(since)s::date[], %(from_onset)s::boolean[], %(waited)s::integer[])
    AS law (cause, since, from_onset, waited) USING (cause)
LEFT JOIN taken USING (person)
WHERE workdays > 0
    AND CASE WHEN law.from_onset THEN beside.start ELSE beside."end" END >= law.since
    AND (
        after_onset > law.waited
        OR end_before >= beside.start - %(near)s::integer
        OR EXISTS (SELECT FROM unnest(taken.ends) AS one (day) WHERE one.day BETWEEN beside.start - %(near)s::integer AND beside.start)
    )
ORDER BY person, beside.start, cause
