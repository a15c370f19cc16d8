-- Every loan that was out in a month: what was owed at its start, paid out, paid back in it; a repayment that was
-- reversed counts back on the day of the reversal, as in the ledger.
WITH gone AS (
    SELECT loan_id, principal, done_on
    FROM loans_writeoff
    WHERE kind = 'books' AND done_on BETWEEN %(month)s AND %(last)s
),
grown AS (
    SELECT
        loan_id,
        coalesce(sum(interest_carried + added) FILTER (WHERE done_on < %(month)s), 0) AS before,
        coalesce(sum(interest_carried + added) FILTER (WHERE done_on >= %(month)s), 0) AS amount
    FROM loans_restructuring
    WHERE done_on <= %(last)s
    GROUP BY loan_id
),
paid AS (
    SELECT
        repayment.loan_id,
        coalesce(sum(event.sign * part.principal) FILTER (WHERE event.day < %(month)s), 0) AS principal_before,
        coalesce(sum(event.sign * part.principal) FILTER (WHERE event.day >= %(month)s), 0) AS principal,
        coalesce(sum(event.sign * part.interest) FILTER (WHERE event.day >= %(month)s), 0) AS interest,
        coalesce(sum(event.sign * part.penalty) FILTER (WHERE event.day >= %(month)s), 0) AS penalty
    FROM loans_repayment AS repayment
    JOIN loans_repaymentpart AS part ON part.repayment_id = repayment.id
    CROSS JOIN LATERAL (VALUES (repayment.paid_on, 1), (repayment.reversed_on, -1)) AS event (day, sign)
    WHERE event.day <= %(last)s
    GROUP BY repayment.loan_id
)
SELECT
    loan.id,
    loan.number,
    member.name,
    loan.disbursed_on,
    loan.principal,
    (CASE WHEN loan.disbursed_on < %(month)s THEN loan.principal ELSE 0 END
        + coalesce(grown.before, 0) - coalesce(paid.principal_before, 0))::bigint AS opening,
    CASE WHEN loan.disbursed_on >= %(month)s THEN loan.principal ELSE 0 END AS disbursed,
    coalesce(paid.principal, 0)::bigint AS paid_principal,
    coalesce(paid.interest, 0)::bigint AS paid_interest,
    coalesce(paid.penalty, 0)::bigint AS paid_penalty,
    coalesce(gone.principal, 0)::bigint AS written_off,
    coalesce(grown.amount, 0)::bigint AS added
FROM loans_loan AS loan
JOIN members_member AS member ON member.id = loan.member_id
LEFT JOIN paid ON paid.loan_id = loan.id
LEFT JOIN grown ON grown.loan_id = loan.id
LEFT JOIN gone ON gone.loan_id = loan.id
WHERE loan.disbursed_on <= %(last)s AND (loan.settled_on IS NULL OR loan.settled_on >= %(month)s)
    AND (loan.written_off_on IS NULL OR loan.written_off_on >= %(month)s)
ORDER BY member.name, loan.number
