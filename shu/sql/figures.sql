-- What the members at the end of a span of days paid as loan interest and were due for work handed over in it;
-- what was reversed counts back on the day of the reversal, as in the ledger.
WITH interest AS (
    SELECT loan.member_id, sum(event.sign * part.interest) AS amount
    FROM loans_repayment AS repayment
    JOIN loans_loan AS loan ON loan.id = repayment.loan_id
    JOIN loans_repaymentpart AS part ON part.repayment_id = repayment.id
    CROSS JOIN LATERAL (VALUES (repayment.paid_on, 1), (repayment.reversed_on, -1)) AS event (day, sign)
    WHERE event.day BETWEEN %(first)s AND %(last)s
    GROUP BY loan.member_id
),

work AS (
    SELECT claim.member_id, sum(event.sign * settlement.amount) AS amount
    FROM orders_settlement AS settlement
    JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
    JOIN orders_claim AS claim ON claim.id = delivery.claim_id
    CROSS JOIN LATERAL (VALUES (settlement.settled_on, 1), (settlement.reversed_on, -1)) AS event (day, sign)
    WHERE event.day BETWEEN %(first)s AND %(last)s
    GROUP BY claim.member_id
)

SELECT
    member.id,
    member.number,
    member.name,
    coalesce(interest.amount, 0)::bigint AS interest,
    coalesce(work.amount, 0)::bigint AS work
FROM members_member AS member
LEFT JOIN interest ON interest.member_id = member.id
LEFT JOIN work ON work.member_id = member.id
WHERE member.entered_on <= %(last)s AND (member.left_on IS NULL OR member.left_on > %(last)s)
ORDER BY member.number
