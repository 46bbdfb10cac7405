-- What one extract says, before it is compared with what is known. Gone with the transaction.
CREATE TEMPORARY TABLE IF NOT EXISTS staged_person (
    id uuid, identity_code bytea, identity_index bytea
) ON COMMIT DROP;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_report (
    id uuid, report_id text, version integer, status smallint, payment_date date, period_start date, period_end date,
    wages numeric, absences_told boolean, absences_from date, absences_until date, received_at timestamptz,
    identity_index bytea
) ON COMMIT DROP;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_employment (
    id uuid, identity_index bytea, told_by text, given_name bytea, family_name bytea,
    start_day date, end_day date
) ON COMMIT DROP;

CREATE TEMPORARY TABLE IF NOT EXISTS staged_absence (
    id uuid, report_id text, version integer, number smallint, start_day date, end_day date, cause_code integer,
    amount numeric, reimbursement_type integer, reimbursement_reference text, reimbursement_specifier text,
    further jsonb, information bytea, contact bytea
) ON COMMIT DROP;

TRUNCATE staged_person, staged_report, staged_employment, staged_absence;
