-- This employer's own wages of many people, each in a window of its own. Where the newest version of a report came with
-- its amounts masked, the newest that shows them counts. No row where none is known.
SELECT asked.person, asked.first, sum(COALESCE(v.wages, shown.wages))
FROM unnest(%(people)s::uuid[], %(firsts)s::date[], %(lasts)s::date[]) AS asked (person, first, last)
JOIN employers_reportversion v ON v.organisation_id = %(organisation)s AND v.person_id = asked.person AND v.current
    AND v.payment_date BETWEEN asked.first AND asked.last
LEFT JOIN LATERAL (
    SELECT one.wages FROM employers_reportversion one
    WHERE v.wages IS NULL AND one.report_id = v.report_id AND one.wages IS NOT NULL
    ORDER BY one.version DESC LIMIT 1
) shown ON true
GROUP BY asked.person, asked.first
HAVING count(COALESCE(v.wages, shown.wages)) > 0
