ANALYZE staged_person, staged_report, staged_employment, staged_absence;

-- Two syncs that bring reports of the same employer take turns: what is current follows from all its versions.
SELECT pg_advisory_xact_lock(7204, bucket)
FROM (SELECT DISTINCT hashtext(organisation::text) %% 256 AS bucket FROM staged_report ORDER BY bucket) employers;

-- Persons, by the keyed index of their identity codes. In order, so that two syncs at once do not lock each other out.
INSERT INTO employers_person (id, identity_code, identity_index)
SELECT DISTINCT ON (identity_index) id, identity_code, identity_index
FROM staged_person
ORDER BY identity_index, id
ON CONFLICT (identity_index) DO NOTHING;

UPDATE staged_person staged SET person = person.id
FROM employers_person person WHERE person.identity_index = staged.identity_index;

ANALYZE staged_person;

-- Employments: the latest word on names and the latest word on dates, each by itself. A name is sealed to its row, so it
-- is not taken over where another row than ours turns out to be there. `_by` sorts by time, report and version.
WITH told AS (
    SELECT staged.*, people.person FROM staged_employment staged JOIN staged_person people USING (number)
), named AS (
    SELECT DISTINCT ON (organisation, person) organisation, person, id, given_name, family_name, named_by
    FROM told WHERE given_name IS NOT NULL
    ORDER BY organisation, person, named_by COLLATE "C" DESC
), dated AS (
    SELECT DISTINCT ON (organisation, person) organisation, person, start_day, end_day, dated_by
    FROM told WHERE start_day IS NOT NULL
    ORDER BY organisation, person, dated_by COLLATE "C" DESC
), keyed AS (
    SELECT DISTINCT ON (organisation, person) organisation, person, id FROM told ORDER BY organisation, person, id
)
INSERT INTO employers_employment AS known
    (id, organisation_id, person_id, given_name, family_name, named_by, start, "end", dated_by)
SELECT COALESCE(named.id, keyed.id), organisation, person, named.given_name, named.family_name,
    COALESCE(named.named_by, ''), dated.start_day, dated.end_day, COALESCE(dated.dated_by, '')
FROM keyed
LEFT JOIN named USING (organisation, person)
LEFT JOIN dated USING (organisation, person)
LEFT JOIN employers_employment there ON there.organisation_id = organisation AND there.person_id = person
WHERE there.id IS NULL
    OR named.named_by COLLATE "C" > there.named_by
    OR dated.dated_by COLLATE "C" > there.dated_by
ORDER BY organisation, person
ON CONFLICT (organisation_id, person_id) DO UPDATE SET
    given_name = CASE WHEN excluded.id = known.id AND excluded.named_by COLLATE "C" > known.named_by
        THEN excluded.given_name ELSE known.given_name END,
    family_name = CASE WHEN excluded.id = known.id AND excluded.named_by COLLATE "C" > known.named_by
        THEN excluded.family_name ELSE known.family_name END,
    named_by = CASE WHEN excluded.id = known.id
        THEN GREATEST(excluded.named_by COLLATE "C", known.named_by) ELSE known.named_by END,
    start = CASE WHEN excluded.dated_by COLLATE "C" > known.dated_by THEN excluded.start ELSE known.start END,
    "end" = CASE WHEN excluded.dated_by COLLATE "C" > known.dated_by THEN excluded."end" ELSE known."end" END,
    dated_by = GREATEST(excluded.dated_by COLLATE "C", known.dated_by);

INSERT INTO staged_many
SELECT report_id FROM staged_report GROUP BY report_id HAVING count(*) > 1
UNION
SELECT staged.report_id FROM staged_report staged JOIN employers_reportversion known USING (report_id);

ANALYZE staged_many;

-- Versions: written once. A report that is here in one version alone counts at once if it is valid.
WITH added AS (
    INSERT INTO employers_reportversion
        (id, organisation_id, person_id, report_id, version, status, payment_date, period_start, period_end, wages,
         absences_told, absences_from, absences_until, received_at, current)
    SELECT staged.id, staged.organisation, people.person, report_id, staged.version, staged.status,
        staged.payment_date, staged.period_start, staged.period_end, staged.wages, staged.absences_told,
        staged.absences_from, staged.absences_until, staged.received_at, staged.status = 1 AND many.report_id IS NULL
    FROM staged_report staged
    LEFT JOIN staged_person people USING (number)
    LEFT JOIN staged_many many USING (report_id)
    ON CONFLICT (report_id, version) DO NOTHING
    RETURNING organisation_id, report_id, version, status
)
INSERT INTO staged_new SELECT * FROM added;

-- What was masked before is filled in, nothing is emptied; a row that would not change is not written.
WITH filled AS (
    UPDATE employers_reportversion v SET
        person_id = COALESCE(v.person_id, told.person),
        wages = COALESCE(v.wages, told.wages),
        absences_told = v.absences_told OR told.absences_told,
        absences_from = COALESCE(v.absences_from, told.absences_from),
        absences_until = COALESCE(v.absences_until, told.absences_until),
        status = GREATEST(v.status, told.status)
    FROM (
        SELECT known.id, (array_agg(people.person) FILTER (WHERE people.person IS NOT NULL))[1] AS person,
            max(staged.wages) AS wages, bool_or(staged.absences_told) AS absences_told,
            max(staged.absences_from) AS absences_from, max(staged.absences_until) AS absences_until,
            max(staged.status) AS status
        FROM staged_many
        JOIN staged_report staged USING (report_id)
        JOIN employers_reportversion known ON known.report_id = staged.report_id
            AND known.version = staged.version AND known.organisation_id = staged.organisation
        LEFT JOIN staged_person people USING (number)
        WHERE (known.person_id IS NULL AND people.person IS NOT NULL)
            OR (known.wages IS NULL AND staged.wages IS NOT NULL)
            OR (staged.absences_told AND NOT known.absences_told)
            OR (known.absences_from IS NULL AND staged.absences_from IS NOT NULL)
            OR (known.absences_until IS NULL AND staged.absences_until IS NOT NULL)
            OR staged.status > known.status
        GROUP BY known.id
    ) told
    WHERE v.id = told.id
    RETURNING v.organisation_id, v.report_id
)
INSERT INTO staged_touched SELECT * FROM filled;

WITH added AS (
    INSERT INTO employers_paidabsence
        (id, report_id, number, start, "end", cause_code, amount, reimbursement_type, reimbursement_reference,
         reimbursement_specifier, further, information, contact, until, unpaid, current)
    SELECT DISTINCT ON (v.id, told.number) told.id, v.id, told.number, told.start_day, told.end_day, told.cause_code,
        told.amount, told.reimbursement_type, told.reimbursement_reference, told.reimbursement_specifier,
        told.further, told.information, told.contact, told.until, told.unpaid, v.current AND many.report_id IS NULL
    FROM staged_absence told
    JOIN employers_reportversion v ON v.report_id = told.report_id AND v.version = told.version
        AND v.organisation_id = told.organisation
    LEFT JOIN staged_many many ON many.report_id = told.report_id
    ORDER BY v.id, told.number, told.contact IS NULL, told.information IS NULL, told.amount NULLS LAST, told.id
    ON CONFLICT (report_id, number) DO NOTHING
    RETURNING report_id
)
INSERT INTO staged_touched
SELECT v.organisation_id, v.report_id FROM added JOIN employers_reportversion v ON v.id = added.report_id;

UPDATE employers_paidabsence known SET
    start = COALESCE(known.start, told.start_day),
    "end" = COALESCE(known."end", told.end_day),
    until = COALESCE(known.until, told.until),
    cause_code = COALESCE(known.cause_code, told.cause_code),
    amount = COALESCE(known.amount, told.amount),
    reimbursement_type = COALESCE(known.reimbursement_type, told.reimbursement_type),
    reimbursement_reference = COALESCE(known.reimbursement_reference, told.reimbursement_reference),
    reimbursement_specifier = COALESCE(known.reimbursement_specifier, told.reimbursement_specifier),
    further = COALESCE(known.further, told.further)
FROM (
    SELECT v.id, staged.number, max(start_day) AS start_day, max(end_day) AS end_day, max(until) AS until,
        max(cause_code) AS cause_code, max(amount) AS amount, max(reimbursement_type) AS reimbursement_type,
        max(reimbursement_reference) AS reimbursement_reference,
        max(reimbursement_specifier) AS reimbursement_specifier, max(further::text)::jsonb AS further
    FROM staged_absence staged
    JOIN employers_reportversion v ON v.report_id = staged.report_id AND v.version = staged.version
        AND v.organisation_id = staged.organisation
    GROUP BY v.id, staged.number
) told
WHERE known.report_id = told.id AND known.number = told.number AND (
    (known.start IS NULL AND told.start_day IS NOT NULL)
    OR (known."end" IS NULL AND told.end_day IS NOT NULL)
    OR (known.until IS NULL AND told.until IS NOT NULL)
    OR (known.cause_code IS NULL AND told.cause_code IS NOT NULL)
    OR (known.amount IS NULL AND told.amount IS NOT NULL)
    OR (known.reimbursement_type IS NULL AND told.reimbursement_type IS NOT NULL)
    OR (known.reimbursement_reference IS NULL AND told.reimbursement_reference IS NOT NULL)
    OR (known.reimbursement_specifier IS NULL AND told.reimbursement_specifier IS NOT NULL)
    OR (known.further IS NULL AND told.further IS NOT NULL)
);

-- What is sealed is sealed to its row.
UPDATE employers_paidabsence known SET
    information = COALESCE(known.information, told.information),
    contact = COALESCE(known.contact, told.contact)
FROM staged_absence told
WHERE told.id = known.id AND (
    (known.information IS NULL AND told.information IS NOT NULL) OR (known.contact IS NULL AND told.contact IS NOT NULL)
);
