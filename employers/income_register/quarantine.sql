-- A report that could not be read before and was read now.
UPDATE employers_quarantinedreport q SET resolved_at = %(at)s
WHERE q.resolved_at IS NULL
    AND EXISTS (
        SELECT FROM staged_report s
        WHERE s.report_id = q.report_id AND s.organisation = COALESCE(q.organisation_id, s.organisation)
    )
    AND NOT EXISTS (SELECT FROM staged_poison p WHERE p.report_id = q.report_id);

UPDATE employers_quarantinedreport q SET resolved_at = NULL, sync_id = %(sync)s, at = %(at)s
FROM staged_poison p
WHERE q.resolved_at IS NOT NULL AND q.report_id = p.report_id AND q.reason = p.reason
    AND q.organisation_id IS NOT DISTINCT FROM p.organisation;

INSERT INTO employers_quarantinedreport (id, organisation_id, sync_id, report_id, reason, at)
SELECT DISTINCT ON (organisation, report_id, reason) id, organisation, %(sync)s, report_id, reason, %(at)s
FROM staged_poison p
WHERE NOT EXISTS (
    SELECT FROM employers_quarantinedreport q
    WHERE q.report_id = p.report_id AND q.reason = p.reason AND q.organisation_id IS NOT DISTINCT FROM p.organisation
)
ORDER BY organisation, report_id, reason, id
ON CONFLICT DO NOTHING;
