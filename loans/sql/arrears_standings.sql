-- Running loans on a day: what of each is due and late, since when, and what is owed in all. For other statements to
-- include; `only due` leaves out those that owe nothing on the day or before, `loans` takes the loans that it names.
-- What is unpaid is read from the rows that the database keeps (loans_unpaid), and worked out for the loans to which
-- something happened after the day. `rows` are the instalments of the schedule in force. Late is what was due before
-- the day, without penalties; what stands behind the penalties is passed on for loans_penalty.
SELECT
    unpaid.loan_id,
    unpaid.rows,
    unpaid.outstanding,
    late.first_due_on,
    late.principal_since,
    late.interest_since,
    late.instalments,
    late.overdue_principal,
    late.overdue_interest,
    unpaid.due_on,
    unpaid.principal,
    unpaid.interest,
    unpaid.fee,
    unpaid.base,
    unpaid.late,
    unpaid.penalty
FROM (
    SELECT
        kept.loan_id, kept.rows, kept.outstanding,
        kept.due_on, kept.principal, kept.interest, kept.fee, kept.base, kept.late, kept.penalty
    FROM loans_unpaid AS kept
    WHERE kept.is_running
        AND kept.known_on <= %(as_of)s
        AND kept.since <= %(as_of)s
        AND (%(loans)s::bigint[] IS NULL OR kept.loan_id = ANY(%(loans)s::bigint[]))
    UNION ALL
    SELECT * FROM loans_unpaid_before(%(as_of)s, %(loans)s::bigint[])
) AS unpaid
CROSS JOIN LATERAL (
    SELECT
        min(due_on) FILTER (WHERE principal + interest + fee > 0) AS first_due_on,
        min(due_on) FILTER (WHERE principal > 0) AS principal_since,
        min(due_on) FILTER (WHERE interest > 0) AS interest_since,
        count(*) FILTER (WHERE principal + interest + fee > 0)::int AS instalments,
        coalesce(sum(principal), 0)::bigint AS overdue_principal,
        coalesce(sum(interest), 0)::bigint AS overdue_interest
    FROM unnest(unpaid.due_on, unpaid.principal, unpaid.interest, unpaid.fee) AS instalment (due_on, principal, interest, fee)
    WHERE instalment.due_on < %(as_of)s
) AS late
UNION ALL
SELECT
    kept.loan_id, kept.rows, kept.outstanding, NULL, NULL, NULL, 0, 0, 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}'
FROM loans_unpaid AS kept
WHERE NOT %(only_due)s
    AND kept.is_running
    AND kept.known_on <= %(as_of)s
    AND (kept.since > %(as_of)s OR kept.since IS NULL)
    AND (%(loans)s::bigint[] IS NULL OR kept.loan_id = ANY(%(loans)s::bigint[]))
UNION ALL
-- By the daily method the plan does not say what is due: those loans come all.
SELECT
    kept.loan_id, kept.rows, kept.outstanding, NULL, NULL, NULL, 0, 0, 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}'
FROM loans_loanrules AS rules
JOIN loans_loan AS loan ON loan.rules_id = rules.id
JOIN loans_unpaid AS kept ON kept.loan_id = loan.id
WHERE %(only_due)s
    AND rules.method = 'daily'
    AND kept.is_running
    AND kept.known_on <= %(as_of)s
    AND (kept.since > %(as_of)s OR kept.since IS NULL)
    AND (%(loans)s::bigint[] IS NULL OR kept.loan_id = ANY(%(loans)s::bigint[]))
