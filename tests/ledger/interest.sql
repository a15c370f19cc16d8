-- Interest for every member who has none in the month; `nameless` leaves one member out of their line.
SELECT
    'interest:' || member.id || ':' || %(month)s AS reference,
    'Jasa simpanan' AS memo,
    ARRAY['5101', %(code)s] AS codes,
    ARRAY[NULL, nullif(member.id, %(nameless)s)]::bigint[] AS members,
    ARRAY[%(amount)s, 0]::bigint[] AS debits,
    ARRAY[0, %(amount)s]::bigint[] AS credits
FROM members_member AS member
WHERE NOT EXISTS (SELECT FROM ledger_entry WHERE reference = 'interest:' || member.id || ':' || %(month)s)
