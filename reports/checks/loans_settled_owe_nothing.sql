-- A loan that is called paid off has no principal and no interest left.
SELECT loan.id, loan.number, loan.settled_on, owed.amount::bigint AS owed
FROM loans_loan AS loan
JOIN LATERAL (
    SELECT
        (
            SELECT coalesce(sum(instalment.principal + instalment.interest), 0)
            FROM loans_instalment AS instalment
            WHERE instalment.loan_id = loan.id AND instalment.version = loan.schedule_version
        ) - (
            SELECT coalesce(sum(part.principal + part.interest), 0)
            FROM loans_instalment AS instalment
            JOIN loans_repaymentpart AS part ON part.instalment_id = instalment.id
            JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
            WHERE instalment.loan_id = loan.id
                AND instalment.version = loan.schedule_version
                AND repayment.paid_on <= %(as_of)s
                AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
        ) AS amount
) AS owed ON true
WHERE loan.disbursed_on <= %(as_of)s AND loan.settled_on <= %(as_of)s AND owed.amount <> 0;
