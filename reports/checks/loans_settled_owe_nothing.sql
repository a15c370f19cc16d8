-- A loan that is called paid off has no principal and no interest left.
-- Interest and administration may be let go only where the rules say so: the daily method, a rule for paying off early.
SELECT loan.id, loan.number, loan.settled_on, owed.amount::bigint AS owed
FROM loans_loan AS loan
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
CROSS JOIN LATERAL (
    SELECT rules.method <> 'daily' AND rules.early_payoff = 'all' AS counts
) AS interest
JOIN LATERAL (
    SELECT
        (
            SELECT coalesce(sum(
                instalment.principal
                + CASE WHEN interest.counts THEN instalment.interest + instalment.fee ELSE 0 END
            ), 0)
            FROM loans_instalment AS instalment
            WHERE instalment.loan_id = loan.id AND instalment.version = loan.schedule_version
        ) - (
            SELECT coalesce(sum(
                part.principal + CASE WHEN interest.counts THEN part.interest + part.fee ELSE 0 END
            ), 0)
            FROM loans_instalment AS instalment
            JOIN loans_repaymentpart AS part ON part.instalment_id = instalment.id
            JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
            WHERE instalment.loan_id = loan.id
                AND instalment.version = loan.schedule_version
                AND repayment.paid_on <= %(as_of)s
                AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
        ) AS amount
) AS owed ON true
WHERE loan.disbursed_on <= %(as_of)s AND loan.settled_on <= %(as_of)s AND loan.written_off_on IS NULL AND owed.amount <> 0;
