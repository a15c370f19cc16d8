-- A difference that was counted at a meeting is booked, with its sum, on the day of the meeting or when it was confirmed.
SELECT count.id AS count, count.difference, booked.amount AS ledger
FROM activities_collectioncount AS count
JOIN governance_meeting AS meeting ON meeting.id = count.meeting_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.debit - line.credit), 0)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = count.entry_id AND account.code = '1101' AND line.date >= meeting."on"
) AS booked
WHERE meeting."on" <= %(as_of)s AND count.difference <> booked.amount
ORDER BY count.id
