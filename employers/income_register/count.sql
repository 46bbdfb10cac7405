-- What this extract brought that was not here before: new reports, replacements, invalidations.
SELECT count(*) FILTER (WHERE v.status = 1 AND v.version = 1),
    count(*) FILTER (WHERE v.status = 1 AND v.version > 1),
    count(*) FILTER (WHERE v.status = 2)
FROM employers_reportversion v JOIN staged_report USING (id);
