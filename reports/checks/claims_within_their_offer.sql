-- Of an offer no more is with other hands than was offered, and no maker has sent more than they took.
SELECT offer.id AS surplus, offer.quantity AS offered, sum(claim.quantity - claim.withdrawn - sent.rejected) AS taken,
    min(claim.quantity - claim.withdrawn - sent.kept) AS least_to_send
FROM orders_offer AS offer
JOIN orders_claim AS claim ON claim.offer_id = offer.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(kept), 0) AS kept, coalesce(sum(rejected), 0) AS rejected
    FROM orders_delivery WHERE claim_id = claim.id
) AS sent
WHERE offer.posted_on <= %(as_of)s
GROUP BY offer.id
HAVING sum(claim.quantity - claim.withdrawn - sent.rejected) > offer.quantity
    OR min(claim.quantity - claim.withdrawn - sent.kept) < 0
ORDER BY offer.id
