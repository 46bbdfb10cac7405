INSERT INTO staged_touched SELECT organisation, report_id FROM staged_new JOIN staged_many USING (report_id);

ANALYZE staged_touched;

-- Whose report it is holds for all its versions, also for those that came masked.
UPDATE employers_reportversion v SET person_id = known.person_id
FROM (
    SELECT DISTINCT ON (report_id) report_id, person_id FROM employers_reportversion
    WHERE report_id IN (SELECT report_id FROM staged_touched) AND person_id IS NOT NULL
    ORDER BY report_id, version DESC
) known
WHERE v.report_id = known.report_id AND v.person_id IS NULL;

-- The newest version is current unless it is an invalidation. First off, then on: only one may be on at a time.
UPDATE employers_reportversion v SET current = false
FROM (
    SELECT DISTINCT ON (report_id) report_id, version, status FROM employers_reportversion
    WHERE report_id IN (SELECT report_id FROM staged_touched) ORDER BY report_id, version DESC
) newest
WHERE v.report_id = newest.report_id AND v.current AND (v.version <> newest.version OR newest.status <> 1);

UPDATE employers_reportversion v SET current = true
FROM (
    SELECT DISTINCT ON (report_id) report_id, version, status FROM employers_reportversion
    WHERE report_id IN (SELECT report_id FROM staged_touched) ORDER BY report_id, version DESC
) newest
WHERE v.report_id = newest.report_id AND v.version = newest.version AND newest.status = 1 AND NOT v.current;

-- Absences count from the newest version that tells of absences, as long as the report itself counts.
UPDATE employers_paidabsence a SET current = NOT a.current
FROM employers_reportversion v
JOIN (
    SELECT report_id, max(version) FILTER (WHERE absences_told) AS version, bool_or(current) AS counts
    FROM employers_reportversion WHERE report_id IN (SELECT report_id FROM staged_touched) GROUP BY report_id
) told USING (report_id)
WHERE a.report_id = v.id AND a.current <> (told.counts AND v.version IS NOT DISTINCT FROM told.version);
