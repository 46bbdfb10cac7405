-- What this extract brought that was not here before: new reports, replacements, invalidations.
SELECT total.read, added.*, (SELECT count(*) FROM staged_poison), total.foreign_reports, ARRAY(
    SELECT organisation FROM staged_new UNION SELECT organisation FROM staged_touched
)
FROM staged_total total, (
    SELECT count(*) FILTER (WHERE status = 1 AND version = 1),
        count(*) FILTER (WHERE status = 1 AND version > 1),
        count(*) FILTER (WHERE status = 2)
    FROM staged_new
) added;
