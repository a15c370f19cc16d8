-- The shares of a round add up to what it gave, no more than it had, and each is the part its maker took.
SELECT round.id AS round, round.offered, round.given, sum(share.given) AS shares,
    count(*) FILTER (WHERE share.given <> coalesce(claim.quantity, 0) OR claim.member_id <> share.member_id) AS wrong
FROM orders_round AS round
LEFT JOIN orders_roundshare AS share ON share.round_id = round.id
LEFT JOIN orders_claim AS claim ON claim.id = share.claim_id
WHERE round.closed_on <= %(as_of)s
GROUP BY round.id
HAVING round.given <> coalesce(sum(share.given), 0)
    OR round.given > round.offered
    OR count(*) FILTER (WHERE share.given <> coalesce(claim.quantity, 0) OR claim.member_id <> share.member_id) > 0
ORDER BY round.id
