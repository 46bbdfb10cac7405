-- Persons, by the keyed index of their identity codes. In order, so that two syncs at once do not lock each other out.
INSERT INTO employers_person (id, identity_code, identity_index)
SELECT DISTINCT ON (identity_index) id, identity_code, identity_index
FROM staged_person
ORDER BY identity_index, id
ON CONFLICT (identity_index) DO NOTHING;

-- Employments: the latest word on names and the latest word on dates, each by itself. A name is sealed to its row, so it
-- is not taken over where another row than ours turns out to be there. `told_by` sorts by time, report and version.
WITH named AS (
    SELECT DISTINCT ON (identity_index) identity_index, given_name, family_name, told_by
    FROM staged_employment WHERE given_name IS NOT NULL AND family_name IS NOT NULL
    ORDER BY identity_index, told_by DESC
), dated AS (
    SELECT DISTINCT ON (identity_index) identity_index, start_day, end_day, told_by
    FROM staged_employment WHERE start_day IS NOT NULL
    ORDER BY identity_index, told_by DESC
), keyed AS (
    SELECT DISTINCT identity_index, id FROM staged_employment
)
INSERT INTO employers_employment AS known
    (id, organisation_id, person_id, given_name, family_name, named_by, start, "end", dated_by)
SELECT keyed.id, %(organisation)s, person.id, named.given_name, named.family_name, COALESCE(named.told_by, ''),
    dated.start_day, dated.end_day, COALESCE(dated.told_by, '')
FROM keyed
JOIN employers_person person USING (identity_index)
LEFT JOIN named USING (identity_index)
LEFT JOIN dated USING (identity_index)
ORDER BY person.id
ON CONFLICT (organisation_id, person_id) DO UPDATE SET
    given_name = CASE WHEN excluded.id = known.id AND excluded.named_by > known.named_by
        THEN excluded.given_name ELSE known.given_name END,
    family_name = CASE WHEN excluded.id = known.id AND excluded.named_by > known.named_by
        THEN excluded.family_name ELSE known.family_name END,
    named_by = CASE WHEN excluded.id = known.id
        THEN GREATEST(excluded.named_by, known.named_by) ELSE known.named_by END,
    start = CASE WHEN excluded.dated_by > known.dated_by THEN excluded.start ELSE known.start END,
    "end" = CASE WHEN excluded.dated_by > known.dated_by THEN excluded."end" ELSE known."end" END,
    dated_by = GREATEST(excluded.dated_by, known.dated_by)
WHERE excluded.named_by > known.named_by OR excluded.dated_by > known.dated_by;

-- Versions: written once; what was masked before may be filled in, nothing is emptied.
INSERT INTO employers_reportversion AS known
    (id, organisation_id, person_id, report_id, version, status, payment_date, period_start, period_end, wages,
     absences_told, absences_from, absences_until, received_at, current)
SELECT told.id, %(organisation)s, person.id, told.report_id, told.version, told.status, told.payment_date,
    told.period_start, told.period_end, told.wages, told.absences_told, told.absences_from, told.absences_until,
    told.received_at, false
FROM (
    SELECT (array_agg(id))[1] AS id, report_id, version, max(status) AS status, max(payment_date) AS payment_date,
        max(period_start) AS period_start, max(period_end) AS period_end, max(wages) AS wages,
        bool_or(absences_told) AS absences_told, max(absences_from) AS absences_from,
        max(absences_until) AS absences_until, max(received_at) AS received_at,
        (array_agg(identity_index) FILTER (WHERE identity_index IS NOT NULL))[1] AS identity_index
    FROM staged_report GROUP BY report_id, version
) told
LEFT JOIN employers_person person USING (identity_index)
ORDER BY told.report_id, told.version
ON CONFLICT (report_id, version) DO UPDATE SET
    person_id = COALESCE(known.person_id, excluded.person_id),
    wages = COALESCE(known.wages, excluded.wages),
    absences_told = known.absences_told OR excluded.absences_told,
    absences_from = COALESCE(known.absences_from, excluded.absences_from),
    absences_until = COALESCE(known.absences_until, excluded.absences_until)
WHERE known.organisation_id = excluded.organisation_id AND (
    (known.person_id IS NULL AND excluded.person_id IS NOT NULL)
    OR (known.wages IS NULL AND excluded.wages IS NOT NULL)
    OR (excluded.absences_told AND NOT known.absences_told)
    OR (known.absences_until IS NULL AND excluded.absences_until IS NOT NULL)
);

INSERT INTO employers_paidabsence AS known
    (id, report_id, number, start, "end", cause_code, amount, reimbursement_type, reimbursement_reference,
     reimbursement_specifier, further, information, contact, current)
SELECT DISTINCT ON (v.id, told.number) told.id, v.id, told.number, told.start_day, told.end_day, told.cause_code,
    told.amount, told.reimbursement_type, told.reimbursement_reference, told.reimbursement_specifier,
    told.further, told.information, told.contact, false
FROM staged_absence told
JOIN employers_reportversion v
    ON v.report_id = told.report_id AND v.version = told.version AND v.organisation_id = %(organisation)s
ORDER BY v.id, told.number, told.amount NULLS LAST, told.id
ON CONFLICT (report_id, number) DO UPDATE SET
    start = COALESCE(known.start, excluded.start),
    "end" = COALESCE(known."end", excluded."end"),
    cause_code = COALESCE(known.cause_code, excluded.cause_code),
    amount = COALESCE(known.amount, excluded.amount),
    reimbursement_type = COALESCE(known.reimbursement_type, excluded.reimbursement_type),
    reimbursement_reference = COALESCE(known.reimbursement_reference, excluded.reimbursement_reference),
    reimbursement_specifier = COALESCE(known.reimbursement_specifier, excluded.reimbursement_specifier),
    further = COALESCE(known.further, excluded.further)
WHERE known.start IS NULL OR known."end" IS NULL OR known.cause_code IS NULL OR known.amount IS NULL;
