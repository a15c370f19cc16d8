-- The tax on a month's interest that should be withheld and is not, one entry a member. It is taken out of the voluntary
-- savings; where earlier interest of the month has been spent since, the rest is a claim on the member.
WITH gross AS (
    SELECT member_id, sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END)::bigint AS amount
    FROM savings_movement
    WHERE purpose = 'interest' AND "on" BETWEEN %(first)s AND %(last)s
      AND (%(member)s::bigint IS NULL OR member_id = %(member)s::bigint)
    GROUP BY member_id
), withheld AS (
    SELECT line.member_id, sum(line.credit - line.debit)::bigint AS amount, count(*) AS times
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '2301' AND line.member_id IS NOT NULL
      AND line.date BETWEEN %(first)s AND %(last)s
      AND (%(member)s::bigint IS NULL OR line.member_id = %(member)s::bigint)
    GROUP BY line.member_id
), missing AS (
    SELECT gross.member_id,
           CASE WHEN gross.amount > %(free_up_to)s THEN gross.amount * %(rate_bp)s / 10000 ELSE 0 END
               - coalesce(withheld.amount, 0) AS amount,
           coalesce(withheld.times, 0) + 1 AS turn
    FROM gross
    LEFT JOIN withheld USING (member_id)
), split AS (
    SELECT missing.member_id, missing.amount, missing.turn,
           CASE WHEN missing.amount < 0 THEN missing.amount
                ELSE least(missing.amount, greatest(saved.amount - blocked.amount, 0)) END AS from_savings
    FROM missing
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END), 0)::bigint AS amount
        FROM savings_movement
        WHERE member_id = missing.member_id AND kind = 'voluntary'
    ) AS saved
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(amount), 0)::bigint AS amount
        FROM savings_block
        WHERE member_id = missing.member_id AND released_on IS NULL
    ) AS blocked
    WHERE missing.amount <> 0
      -- The tax of somebody who has left was withheld with the settlement.
      AND missing.member_id NOT IN (SELECT id FROM members_member WHERE left_on IS NOT NULL)
)
SELECT 'interest-tax:' || %(month)s || ':member:' || member_id || ':' || turn AS reference,
       %(memo)s AS memo,
       CASE WHEN from_savings = 0 THEN ARRAY['1502', '2301']
            WHEN from_savings = amount THEN ARRAY['2101', '2301']
            ELSE ARRAY['2101', '1502', '2301'] END AS codes,
       CASE WHEN from_savings IN (0, amount) THEN ARRAY[member_id, member_id]
            ELSE ARRAY[member_id, member_id, member_id] END AS members,
       CASE WHEN from_savings IN (0, amount) THEN ARRAY[greatest(amount, 0), greatest(-amount, 0)]
            ELSE ARRAY[from_savings, amount - from_savings, 0] END AS debits,
       CASE WHEN from_savings IN (0, amount) THEN ARRAY[greatest(-amount, 0), greatest(amount, 0)]
            ELSE ARRAY[0, 0, amount] END AS credits
FROM split
ORDER BY member_id
