-- What waits at the cooperative for every maker is the same in the settlements and in the ledger.
WITH owed AS (
    SELECT claim.member_id,
        sum(settlement.amount) - coalesce(sum(settlement.amount) FILTER (WHERE settlement.paid_on <= %(as_of)s), 0) AS amount
    FROM orders_settlement AS settlement
    JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
    JOIN orders_claim AS claim ON claim.id = delivery.claim_id
    WHERE settlement.method <> 'direct'
        AND settlement.settled_on <= %(as_of)s
        AND (settlement.reversed_on IS NULL OR settlement.reversed_on > %(as_of)s)
    GROUP BY claim.member_id
), booked AS (
    SELECT line.member_id, sum(line.credit - line.debit) AS amount
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.unit = 'umum' AND account.code = '2401' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(owed.amount, 0)::bigint AS settlements, coalesce(booked.amount, 0)::bigint AS ledger
FROM owed
FULL JOIN booked USING (member_id)
WHERE coalesce(owed.amount, 0) <> coalesce(booked.amount, 0)
ORDER BY member_id
