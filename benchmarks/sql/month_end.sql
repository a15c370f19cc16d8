-- One entry per member: interest on savings.
SELECT
    'bench:' || %(run)s || ':' || member.id AS reference,
    'Jasa simpanan' AS memo,
    ARRAY['5101', '2101'] AS codes,
    ARRAY[NULL, member.id] AS members,
    ARRAY[1000, 0]::bigint[] AS debits,
    ARRAY[0, 1000]::bigint[] AS credits
FROM members_member AS member
WHERE member.id <= %(members)s
