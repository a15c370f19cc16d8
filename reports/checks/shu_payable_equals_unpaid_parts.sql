-- What the ledger owes every member as SHU is what of their parts is not paid out yet.
WITH unpaid AS (
    SELECT share.member_id, sum(share.capital_part + share.business_part) AS amount
    FROM shu_share AS share
    JOIN shu_distribution AS distribution ON distribution.id = share.distribution_id
    WHERE distribution.approved_on <= %(as_of)s
        AND NOT EXISTS (
            SELECT FROM shu_sharepayment AS payment
            WHERE payment.share_id = share.id AND payment.paid_on <= %(as_of)s
                AND (payment.reversed_on IS NULL OR payment.reversed_on > %(as_of)s)
        )
    GROUP BY share.member_id
), booked AS (
    SELECT line.member_id, sum(line.credit - line.debit) AS amount
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.code = '2201' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(unpaid.amount, 0)::bigint AS unpaid, coalesce(booked.amount, 0)::bigint AS ledger
FROM unpaid
FULL JOIN booked USING (member_id)
WHERE coalesce(unpaid.amount, 0) <> coalesce(booked.amount, 0)
ORDER BY member_id
