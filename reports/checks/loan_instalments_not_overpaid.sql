-- No instalment has received more principal or interest than it asks for.
SELECT instalment.id, instalment.loan_id, instalment.number, sum(part.principal)::bigint AS principal, sum(part.interest)::bigint AS interest
FROM loans_instalment AS instalment
JOIN loans_repaymentpart AS part ON part.instalment_id = instalment.id
JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
WHERE repayment.paid_on <= %(as_of)s AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
GROUP BY instalment.id
HAVING sum(part.principal) > instalment.principal OR sum(part.interest) > instalment.interest;
