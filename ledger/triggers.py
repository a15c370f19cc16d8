"""What the database itself refuses to every writer: the guards of the books as triggers.

Each refusal carries the name of the rule as the constraint of a check violation; `ledger.services` gives it a sentence.
"""

import pgtrigger

LINES_MAKE_WHOLE_ENTRIES = """
    -- Runs once for all lines that one statement wrote. The month is locked shared before it is looked at: whoever
    -- closes it holds the same lock exclusively, so either this entry is in the snapshot or it is refused here.
    -- Under a snapshot older than the lock that would not hold, so only READ COMMITTED may post.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'entries are posted under READ COMMITTED only' USING ERRCODE = 'feature_not_supported';
    END IF;

    PERFORM pg_advisory_xact_lock_shared(
        hashtext('ledger.' || month.unit),
        extract(year FROM month.first_day)::int * 100 + extract(month FROM month.first_day)::int
    )
    FROM (
        SELECT DISTINCT entry.unit, entry.date - extract(day FROM entry.date)::int + 1 AS first_day
        FROM new_lines AS line
        JOIN ledger_entry AS entry ON entry.id = line.entry_id
        ORDER BY 1, 2
    ) AS month;

    SELECT
        entry.id,
        CASE
            WHEN period.id IS NULL THEN 'ledger_period_known'
            WHEN period.closed_on IS NOT NULL THEN 'ledger_period_open'
            WHEN entry.lines < 2 THEN 'ledger_entry_two_lines'
            WHEN entry.difference <> 0 THEN 'ledger_entry_balanced'
            WHEN entry.is_of_other_unit THEN 'ledger_line_account_of_unit'
            WHEN entry.lacks_member THEN 'ledger_line_names_member'
            WHEN entry.is_by_hand_on_control THEN 'ledger_line_control_by_its_book'
            WHEN entry.is_of_other_date THEN 'ledger_line_date_of_entry'
            ELSE 'ledger_entry_written_at_once'
        END AS rule
    INTO broken
    FROM (
        SELECT
            entry.id,
            entry.unit,
            entry.date,
            count(*) AS lines,
            sum(line.debit - line.credit) AS difference,
            bool_or(line.date <> entry.date) AS is_of_other_date,
            bool_or(account.unit <> entry.unit) AS is_of_other_unit,
            bool_or(account.needs_member AND line.member_id IS NULL) AS lacks_member,
            bool_or(
                account.is_control AND split_part(entry.reference, ':', 1) IN ('journal', 'voucher')
            ) AS is_by_hand_on_control
        FROM new_lines AS line
        JOIN ledger_entry AS entry ON entry.id = line.entry_id
        JOIN ledger_account AS account ON account.id = line.account_id
        GROUP BY entry.id
    ) AS entry
    LEFT JOIN ledger_period AS period
        ON period.unit = entry.unit
        AND period.month = entry.date - extract(day FROM entry.date)::int + 1
    WHERE period.id IS NULL
        OR period.closed_on IS NOT NULL
        OR entry.lines < 2
        OR entry.difference <> 0
        OR entry.is_of_other_unit
        OR entry.lacks_member
        OR entry.is_by_hand_on_control
        OR entry.is_of_other_date
        OR entry.lines <> (SELECT count(*) FROM ledger_line AS line WHERE line.entry_id = entry.id)
    LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION 'entry % breaks the rule %', broken.id, broken.rule
            USING ERRCODE = 'check_violation', CONSTRAINT = broken.rule;
    END IF;
    RETURN NULL;
"""

WHOLE_ENTRIES = pgtrigger.Trigger(
    name="whole_entries",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="new_lines"),
    declare=[("broken", "record")],
    func=LINES_MAKE_WHOLE_ENTRIES,
)
"""Balanced, two lines or more, written at once, in an open month, on the unit's accounts, with members where needed,

and none by hand on an account that another book keeps (its reference says which book posted an entry).
"""

SPENT_WITHIN_BALANCE = """
    -- Money and funds are not spent below zero, on the day of the entry or on any later one. Only entries that lower
    -- such an account come here: they take its lock one after the other, in the order of the accounts, and read what
    -- is there under it; money that comes in pays nothing for this. Closed months answer from the last snapshot.
    FOR spent IN
        SELECT
            account.id,
            account.code,
            account.name,
            account.side = 'debit' AS grows_by_debit,
            min(line.date) AS first_day,
            abs(sum(line.debit - line.credit)) AS amount
        FROM new_lines AS line
        JOIN ledger_account AS account ON account.id = line.account_id
        WHERE account.is_spent AND CASE account.side WHEN 'debit' THEN line.credit ELSE line.debit END > 0
        GROUP BY account.id
        ORDER BY account.id
    LOOP
        PERFORM pg_advisory_xact_lock(hashtext('ledger.account'), spent.id::int);

        open_from := NULL;
        opening := 0;
        SELECT period.month + interval '1 month', balance.opening + balance.debit - balance.credit
        INTO open_from, opening
        FROM ledger_periodbalance AS balance
        JOIN ledger_period AS period ON period.id = balance.period_id
        WHERE balance.account_id = spent.id
        ORDER BY period.month DESC
        LIMIT 1;

        SELECT min(course.balance) INTO lowest
        FROM (
            SELECT
                day.date,
                CASE WHEN spent.grows_by_debit THEN 1 ELSE -1 END
                    * (coalesce(opening, 0) + sum(day.moved) OVER (ORDER BY day.date)) AS balance
            FROM (
                SELECT line.date, sum(line.debit - line.credit) AS moved
                FROM ledger_line AS line
                WHERE line.account_id = spent.id AND line.date >= coalesce(open_from, '-infinity')
                GROUP BY line.date
            ) AS day
        ) AS course
        WHERE course.date >= spent.first_day;

        IF lowest < 0 THEN
            RAISE EXCEPTION 'account % would be % below zero', spent.code, -lowest
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_never_below_zero',
                    DETAIL = concat_ws(E'\\t', spent.name, spent.amount + lowest, -lowest);
        END IF;
    END LOOP;
    RETURN NULL;
"""

WITHIN_BALANCE = pgtrigger.Trigger(
    name="within_balance",  # after whole_entries: triggers of one kind run in the order of their names
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="new_lines"),
    declare=[("spent", "record"), ("open_from", "date"), ("opening", "bigint"), ("lowest", "bigint")],
    func=SPENT_WITHIN_BALANCE,
)
"""Nobody spends money that is not there, nor more of a fund than it holds."""

PERIODS_ONLY_CLOSE = """
    IF TG_OP = 'DELETE' OR OLD.closed_on IS NOT NULL OR NEW.unit <> OLD.unit OR NEW.month <> OLD.month THEN
        RAISE EXCEPTION 'a month of the books is closed once and then stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_only_closes';
    END IF;
    RETURN NEW;
"""

ONLY_CLOSES = pgtrigger.Trigger(
    name="only_closes",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func=PERIODS_ONLY_CLOSE,
)
"""The only change a month knows is from open to closed."""

NO_TRUNCATE = pgtrigger.Trigger(
    name="no_truncate",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;",
)

COUNTS_ON = pgtrigger.Trigger(
    name="counts_on",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
    IF TG_OP = 'DELETE' OR NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.year <> OLD.year THEN
        RAISE EXCEPTION 'numbers of a series follow one another'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_numbering_counts_on';
    END IF;
    RETURN NEW;
""",
)
"""Numbers are given one after the other and never given back."""


RECEIPT_HAS_PARTS = pgtrigger.Trigger(
    name="receipt_has_parts",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(new__entry__isnull=True),
    func="""
    IF NEW.amount IS DISTINCT FROM (SELECT sum(amount) FROM ledger_receiptpart WHERE receipt_id = NEW.id) THEN
        RAISE EXCEPTION 'a receipt is for one entry or for all its parts'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_receipt_adds_up';
    END IF;
    RETURN NULL;
""",
)
"""At commit a receipt without an entry of its own has parts that make its sum."""

PARTS_MAKE_RECEIPT = pgtrigger.Trigger(
    name="parts_make_receipt",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="new_parts"),
    func="""
    IF EXISTS (
        SELECT FROM ledger_receipt AS receipt
        JOIN ledger_receiptpart AS part ON part.receipt_id = receipt.id
        JOIN ledger_entry AS entry ON entry.id = part.entry_id
        WHERE receipt.id IN (SELECT receipt_id FROM new_parts)
        GROUP BY receipt.id
        HAVING receipt.entry_id IS NOT NULL
            OR sum(part.amount) > receipt.amount
            OR bool_or(entry.date <> receipt.issued_on)
    ) THEN
        RAISE EXCEPTION 'a receipt is for one entry or for all its parts'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_receipt_adds_up';
    END IF;
    RETURN NULL;
""",
)
"""Nothing is added to a receipt that is whole without it, and every part is of its day."""
