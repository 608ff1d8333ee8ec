"""SQL texts for guards that the database keeps: the last judge, on SQLite and PostgreSQL alike.

Each function returns the statements for one engine (`"sqlite"` or `"postgresql"`); migrations run them.
Table and column names come from migrations, never from outside.
"""

from __future__ import annotations

CLOSED = "closed for new rows"
"""What the database says where `no_insert_when_exists` refuses a row."""


def append_only(table: str, vendor: str) -> list[str]:
    """Statements that make `table` refuse UPDATE, DELETE (and TRUNCATE on PostgreSQL)."""
    words = f"{table} is append-only: write a new row instead"
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        return [f"CREATE TRIGGER {table}_no_{v.lower()} BEFORE {v} ON {table} {body}" for v in ("UPDATE", "DELETE")]
    body = f"BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END"
    refuse = f"{table}_refuse()"
    rows = f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {refuse}"
    whole = f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {refuse}"
    return [
        f"CREATE OR REPLACE FUNCTION {refuse} RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {table}_no_change {rows}",
        f"CREATE TRIGGER {table}_no_truncate {whole}",
    ]


def no_overlap(table: str, columns: tuple[str, ...], vendor: str) -> list[str]:
    """Statements by which no two rows with equal `columns` have overlapping validity.

    Validity is the half-open interval [valid_from, valid_to); a NULL valid_to is open.
    """
    if vendor == "postgresql":
        keys = ", ".join(f"{column} WITH =" for column in columns)
        period = f"EXCLUDE USING gist ({keys}, daterange(valid_from, valid_to) WITH &&)"
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap {period}",
        ]
    same = " AND ".join(f"o.{column} = NEW.{column}" for column in columns)
    begun = "(o.valid_to IS NULL OR o.valid_to > NEW.valid_from)"
    ended = "(NEW.valid_to IS NULL OR NEW.valid_to > o.valid_from)"
    clash = f"SELECT 1 FROM {table} o WHERE {same} AND o.id <> NEW.id AND {begun} AND {ended}"  # noqa: S608 -- our names
    body = f"BEGIN SELECT RAISE(ABORT, '{table}: two validities of the same thing overlap'); END"
    return [
        f"CREATE TRIGGER {table}_no_overlap_{verb.lower()} AFTER {verb} ON {table} WHEN EXISTS ({clash}) {body}"
        for verb in ("INSERT", "UPDATE")
    ]


def frozen_when(table: str, condition: str, vendor: str) -> list[str]:
    """Statements by which a row of `table` that fulfils `condition` (over `OLD`) refuses UPDATE and DELETE."""
    words = f"{table}: a published row is frozen"
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        return [
            f"CREATE TRIGGER {table}_frozen_{v.lower()} BEFORE {v} ON {table} WHEN {condition} {body}"
            for v in ("UPDATE", "DELETE")
        ]
    body = f"BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END"
    rows = f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW WHEN ({condition})"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {table}_frozen {rows} EXECUTE FUNCTION {table}_frozen()",
    ]


def no_insert_when_exists(table: str, clash: str, lock: str, vendor: str) -> list[str]:
    """Statements by which `table` refuses a row (`NEW`) for which the query `clash` finds something.

    `lock` is a query that PostgreSQL runs before, so that the writer of what `clash` finds is waited for.
    """
    words = f"{table}: {CLOSED}"
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        return [f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} WHEN EXISTS ({clash}) {body}"]
    body = (
        f"BEGIN PERFORM {lock}; IF EXISTS ({clash}) THEN "
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END"
    )
    return [
        f"CREATE OR REPLACE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_closed()",
    ]
