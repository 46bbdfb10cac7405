-- Everything told of family leave and of leave costs: claimed or not, as it decides which leave is whose and for whom.
SELECT v.person_id, a.cause_code, a.start, days."end", a.amount,
    COALESCE(a.reimbursement_type = %(lump_sum)s, false) OR COALESCE(a.further @? %(lump_sum_claim)s::jsonpath, false)
FROM employers_paidabsence a
JOIN employers_reportversion v ON v.id = a.report_id
CROSS JOIN LATERAL (
    SELECT COALESCE(a."end", CASE WHEN a.until IS NOT NULL THEN LEAST(a.until, v.period_end) END) AS "end"
) days
WHERE v.organisation_id = %(organisation)s AND v.person_id IS NOT NULL AND a.current AND NOT a.unpaid
    AND (%(person)s::uuid IS NULL OR v.person_id = %(person)s::uuid)
    AND a.cause_code = ANY(%(causes)s::integer[]) AND a.start <= days."end"
    AND days."end" >= %(first)s::date AND a.start <= %(last)s::date
ORDER BY v.person_id, a.start, days."end", a.id
