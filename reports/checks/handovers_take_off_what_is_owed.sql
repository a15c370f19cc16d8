-- No settlement took off more than was paid ahead or than the material along was worth, and every advance is posted.
SELECT claim.id AS claim, taken.advance::bigint AS advance_taken, ahead.amount::bigint AS paid_ahead,
    taken.material::bigint AS material_taken, along.value::bigint AS material_owed, ahead.unposted
FROM orders_claim AS claim
CROSS JOIN LATERAL (
    SELECT coalesce(sum(settlement.advance), 0) AS advance, coalesce(sum(settlement.material), 0) AS material
    FROM orders_settlement AS settlement
    JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
    WHERE delivery.claim_id = claim.id AND settlement.reversed_on IS NULL AND settlement.settled_on <= %(as_of)s
) AS taken
CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'ahead' AND confirmed_on IS NOT NULL), 0) AS amount,
        count(*) FILTER (WHERE method = 'cash' AND NOT EXISTS (
            SELECT FROM ledger_line AS line
            JOIN ledger_account AS account ON account.id = line.account_id
            WHERE line.entry_id = orders_advance.entry_id AND account.code = '2401'
                AND line.member_id = claim.member_id AND line.credit = orders_advance.amount
        )) AS unposted
    FROM orders_advance WHERE claim_id = claim.id AND reversed_on IS NULL
) AS ahead
CROSS JOIN LATERAL (
    SELECT coalesce(sum(round(value * (quantity - returned) / quantity)), 0) AS value
    FROM orders_materialgiven WHERE claim_id = claim.id AND is_owed AND confirmed_on IS NOT NULL
) AS along
WHERE claim.claimed_on <= %(as_of)s
    AND (taken.advance > ahead.amount OR taken.material > along.value OR ahead.unposted > 0)
ORDER BY claim.id
