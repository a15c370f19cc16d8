-- Every voucher stands in the ledger with its amount, on one account of money and on the account of its category.
SELECT voucher.number, voucher.amount, booked.money, booked.other
FROM treasury_voucher AS voucher
JOIN treasury_vouchercategory AS category ON category.id = voucher.category_id
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(line.debit - line.credit) FILTER (WHERE account.code LIKE '11%%'), 0)::bigint AS money,
        coalesce(sum(line.debit - line.credit) FILTER (WHERE account.code = category.account_code), 0)::bigint AS other
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = voucher.entry_id AND line.date = voucher."on" AND account.unit = voucher.unit
) AS booked
WHERE voucher."on" <= %(as_of)s
    AND (
        booked.money <> CASE voucher.direction WHEN 'in' THEN voucher.amount ELSE -voucher.amount END
        OR booked.other <> -booked.money
    )
ORDER BY voucher.number
