-- Every running loan on a day with its class, its borrower and what is set aside for it, the worst first.
SELECT classed.*, loan.number, loan.principal AS loan_principal, member.id AS member_id, member.name, product.name AS product
FROM (
--include loans/sql/collectibility.sql--
) AS classed
JOIN loans_loan AS loan ON loan.id = classed.loan_id
JOIN members_member AS member ON member.id = loan.member_id
JOIN loans_loanrules AS rules ON rules.id = loan.rules_id
JOIN loans_loanproduct AS product ON product.id = rules.product_id
WHERE %(only)s = '' OR classed.cls = %(only)s
ORDER BY classed.days DESC, member.name, loan.number
