-- Every running loan on a day: what of it is late and since when, and what is owed in all. For other statements to
-- include; of one member where one is named. `rows` are the instalments of the schedule in force.
WITH later AS (
    SELECT loan_id, max(version) AS version
    FROM loans_scheduleversion
    WHERE in_force_from <= %(as_of)s
    GROUP BY loan_id
),
running AS (
    SELECT loan.id, coalesce(later.version, 1) AS version
    FROM loans_loan AS loan
    LEFT JOIN later ON later.loan_id = loan.id
    WHERE loan.disbursed_on <= %(as_of)s
        AND (loan.settled_on IS NULL OR loan.settled_on > %(as_of)s)
        AND (loan.written_off_on IS NULL OR loan.written_off_on > %(as_of)s)
        AND (%(member)s::bigint IS NULL OR loan.member_id = %(member)s::bigint)
),
paid AS (
    SELECT part.instalment_id, sum(part.principal) AS principal, sum(part.interest) AS interest, sum(part.fee) AS fee
    FROM running
    JOIN loans_repayment AS repayment ON repayment.loan_id = running.id
    JOIN loans_repaymentpart AS part ON part.repayment_id = repayment.id
    WHERE repayment.paid_on <= %(as_of)s
        AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
    GROUP BY part.instalment_id
),
owed AS (
    SELECT
        running.id AS loan_id,
        instalment.due_on,
        instalment.due_on < %(as_of)s AS is_due,
        instalment.principal - coalesce(paid.principal, 0) AS principal,
        instalment.interest - coalesce(paid.interest, 0) AS interest,
        instalment.fee - coalesce(paid.fee, 0) AS fee
    FROM running
    JOIN loans_instalment AS instalment ON instalment.loan_id = running.id AND instalment.version = running.version
    LEFT JOIN paid ON paid.instalment_id = instalment.id
)
SELECT
    loan_id,
    count(*)::int AS rows,
    min(due_on) FILTER (WHERE is_due AND principal + interest + fee > 0) AS first_due_on,
    min(due_on) FILTER (WHERE is_due AND principal > 0) AS principal_since,
    min(due_on) FILTER (WHERE is_due AND interest > 0) AS interest_since,
    count(*) FILTER (WHERE is_due AND principal + interest + fee > 0)::int AS instalments,
    coalesce(sum(principal) FILTER (WHERE is_due), 0)::bigint AS overdue_principal,
    coalesce(sum(interest) FILTER (WHERE is_due), 0)::bigint AS overdue_interest,
    coalesce(sum(fee) FILTER (WHERE is_due), 0)::bigint AS overdue_fee,
    sum(principal)::bigint AS outstanding
FROM owed
GROUP BY loan_id
