-- What a maker let go against an instalment or dues left the money of that maker in the ledger, and nobody else agreed.
SELECT netting.id AS offset, netting.amount, line.debit::bigint AS ledger, maker.user_id AS maker, netting.consented_by_id
FROM orders_offset AS netting
JOIN orders_settlement AS settlement ON settlement.id = netting.settlement_id
JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
JOIN orders_claim AS claim ON claim.id = delivery.claim_id
JOIN members_member AS maker ON maker.id = claim.member_id
LEFT JOIN (
    SELECT entry_id, member_id, debit
    FROM ledger_line
    JOIN ledger_account AS account ON account.id = account_id AND account.unit = 'umum' AND account.code = '2401'
) AS line ON line.entry_id = netting.entry_id AND line.member_id = maker.id
WHERE netting.entry_id IS NOT NULL
    AND settlement.paid_on <= %(as_of)s
    AND (line.debit IS DISTINCT FROM netting.amount OR maker.user_id IS DISTINCT FROM netting.consented_by_id)
ORDER BY netting.id
