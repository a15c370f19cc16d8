-- What is kept as unpaid of every loan is what its schedule and its payments say.
WITH wanted AS (
    SELECT
        loan.id,
        loan.number,
        loan.disbursed_on IS NOT NULL AS is_kept,
        unpaid.loan_id IS NOT NULL AS is_running,
        unpaid.rows,
        unpaid.outstanding,
        unpaid.due_on,
        unpaid.principal,
        unpaid.interest,
        unpaid.fee,
        unpaid.base,
        unpaid.late,
        unpaid.penalty,
        (
            SELECT max(happened.on_day)
            FROM (
                SELECT greatest(loan.disbursed_on, loan.settled_on, loan.written_off_on) AS on_day
                UNION ALL
                SELECT later.in_force_from FROM loans_scheduleversion AS later WHERE later.loan_id = loan.id
                UNION ALL
                SELECT greatest(repayment.paid_on, repayment.reversed_on)
                FROM loans_repayment AS repayment
                WHERE repayment.loan_id = loan.id
                    AND EXISTS (SELECT FROM loans_repaymentpart AS part WHERE part.repayment_id = repayment.id)
            ) AS happened
        ) AS known_on
    FROM loans_loan AS loan
    LEFT JOIN loans_unpaid_by('infinity', ARRAY(SELECT id FROM loans_loan)) AS unpaid ON unpaid.loan_id = loan.id
)
SELECT wanted.id, wanted.number, wanted.due_on[1] AS since, kept.since AS kept_since, wanted.outstanding, kept.outstanding AS kept
FROM wanted
LEFT JOIN loans_unpaid AS kept ON kept.loan_id = wanted.id
WHERE wanted.is_kept <> (kept.loan_id IS NOT NULL)
    OR wanted.is_kept
    AND (
        kept.known_on,
        kept.is_running,
        kept.rows,
        kept.outstanding,
        kept.since,
        kept.due_on,
        kept.principal,
        kept.interest,
        kept.fee,
        kept.base,
        kept.late,
        kept.penalty
    ) IS DISTINCT FROM (
        wanted.known_on,
        wanted.is_running,
        coalesce(wanted.rows, 0::smallint),
        coalesce(wanted.outstanding, 0),
        wanted.due_on[1],
        coalesce(wanted.due_on, '{}'),
        coalesce(wanted.principal, '{}'),
        coalesce(wanted.interest, '{}'),
        coalesce(wanted.fee, '{}'),
        coalesce(wanted.base, '{}'),
        coalesce(wanted.late, '{}'),
        coalesce(wanted.penalty, '{}')
    );
