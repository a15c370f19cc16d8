-- An entry and its lines, written at once. A function so that PostgreSQL plans the statements once per connection.
-- An unknown account code leaves account_id empty, which the table refuses; what makes an entry whole is checked by the
-- guard on the lines (ledger/triggers.py).
CREATE OR REPLACE FUNCTION ledger_post(
    unit text, date date, reference text, memo text, posted_by bigint,
    codes text[], members bigint[], debits bigint[], credits bigint[]
) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    entry bigint;
BEGIN
    INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id)
    VALUES (ledger_post.unit, ledger_post.date, ledger_post.reference, ledger_post.memo, ledger_post.posted_by)
    RETURNING id INTO entry;

    INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
    SELECT entry, account.id, line.member_id, ledger_post.date, line.debit, line.credit
    FROM unnest(codes, members, debits, credits) WITH ORDINALITY AS line (code, member_id, debit, credit, position)
    LEFT JOIN ledger_account AS account ON account.unit = ledger_post.unit AND account.code = line.code
    ORDER BY line.position;

    RETURN entry;
END
$$;
