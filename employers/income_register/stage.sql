-- What one extract says, before it is compared with what is known. Of this session alone; emptied before each use.
-- Keys and indexes, because nobody has counted the tables it is compared with when they have just been filled.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_person (
    number integer PRIMARY KEY, id uuid, identity_code bytea, identity_index bytea, person uuid
) ON COMMIT PRESERVE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_report (
    id uuid, organisation uuid, report_id text, version integer, status smallint, payment_date date,
    period_start date, period_end date, wages numeric, absences_told boolean, absences_from date,
    absences_until date, received_at timestamptz, number integer
) ON COMMIT PRESERVE ROWS;

CREATE INDEX IF NOT EXISTS staged_report_by_id ON staged_report (report_id);

CREATE TEMPORARY TABLE IF NOT EXISTS staged_employment (
    id uuid, organisation uuid, number integer, named_by text, given_name bytea, family_name bytea,
    dated_by text, start_day date, end_day date
) ON COMMIT PRESERVE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_absence (
    id uuid, organisation uuid, report_id text, version integer, number smallint, start_day date, end_day date,
    cause_code integer, amount numeric, reimbursement_type integer, reimbursement_reference text,
    reimbursement_specifier text, further jsonb, information bytea, contact bytea,
    until date, unpaid boolean
) ON COMMIT PRESERVE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_poison (
    id uuid, organisation uuid, report_id text, reason text
) ON COMMIT PRESERVE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_total (read integer, foreign_reports integer) ON COMMIT PRESERVE ROWS;

-- Reports of which there is more than one version, here or known: what counts of them takes a second look.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_many (report_id text PRIMARY KEY) ON COMMIT PRESERVE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_new (
    organisation uuid, report_id text, version integer, status smallint
) ON COMMIT PRESERVE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_touched (organisation uuid, report_id text) ON COMMIT PRESERVE ROWS;

TRUNCATE staged_person, staged_report, staged_employment, staged_absence, staged_poison, staged_total, staged_many,
    staged_new, staged_touched;
