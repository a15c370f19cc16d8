-- The entries that a room gives with their lines, for post_entries.sql.
SELECT
    given.reference,
    given.memo,
    ARRAY(SELECT jsonb_array_elements_text(given.codes)) AS codes,
    ARRAY(SELECT jsonb_array_elements_text(given.members)::bigint) AS members,
    ARRAY(SELECT jsonb_array_elements_text(given.debits)::bigint) AS debits,
    ARRAY(SELECT jsonb_array_elements_text(given.credits)::bigint) AS credits
FROM jsonb_to_recordset(%(given)s::jsonb)
    AS given (reference text, memo text, codes jsonb, members jsonb, debits jsonb, credits jsonb)
