-- No instalment has received more principal or interest than it asks for.
-- Nor more administration. By the daily method the interest follows the days on which money came, not the plan.
SELECT
    instalment.id,
    instalment.loan_id,
    instalment.number,
    sum(part.principal)::bigint AS principal,
    sum(part.interest)::bigint AS interest,
    sum(part.fee)::bigint AS fee
FROM loans_instalment AS instalment
JOIN loans_repaymentpart AS part ON part.instalment_id = instalment.id
JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
JOIN loans_loan AS loan ON loan.id = instalment.loan_id
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
WHERE repayment.paid_on <= %(as_of)s AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
GROUP BY instalment.id, rules.method
HAVING sum(part.principal) > instalment.principal
    OR sum(part.fee) > instalment.fee
    OR (sum(part.interest) > instalment.interest AND rules.method <> 'daily');
