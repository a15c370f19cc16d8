-- What every member owes in principal is what the ledger shows on the member's loans receivable.
WITH owed AS (
    SELECT loan.member_id, sum(loan.principal) AS amount
    FROM loans_loan AS loan
    WHERE loan.disbursed_on <= %(as_of)s
    GROUP BY loan.member_id
),
grown AS (
    SELECT loan.member_id, sum(restructuring.interest_carried + restructuring.added) AS amount
    FROM loans_restructuring AS restructuring
    JOIN loans_loan AS loan ON loan.id = restructuring.loan_id
    WHERE restructuring.done_on <= %(as_of)s
    GROUP BY loan.member_id
),
paid AS (
    SELECT loan.member_id, sum(part.principal) AS amount
    FROM loans_repaymentpart AS part
    JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
    JOIN loans_loan AS loan ON loan.id = repayment.loan_id
    WHERE repayment.paid_on <= %(as_of)s
        AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
    GROUP BY loan.member_id
),
given_up AS (
    SELECT loan.member_id, sum(write_off.principal) AS amount
    FROM loans_writeoff AS write_off
    JOIN loans_loan AS loan ON loan.id = write_off.loan_id
    WHERE write_off.done_on <= %(as_of)s
    GROUP BY loan.member_id
),
booked AS (
    SELECT line.member_id, sum(line.debit - line.credit) AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '1201' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT
    member_id,
    (coalesce(owed.amount, 0) + coalesce(grown.amount, 0) - coalesce(paid.amount, 0) - coalesce(given_up.amount, 0))::bigint AS loan_book,
    coalesce(booked.amount, 0)::bigint AS ledger
FROM owed
FULL JOIN booked USING (member_id)
LEFT JOIN grown USING (member_id)
LEFT JOIN paid USING (member_id)
LEFT JOIN given_up USING (member_id)
WHERE coalesce(owed.amount, 0) + coalesce(grown.amount, 0) - coalesce(paid.amount, 0) - coalesce(given_up.amount, 0) <> coalesce(booked.amount, 0);
