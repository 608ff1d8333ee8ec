"""SQL texts for guards that the database keeps: the last judge, on SQLite and PostgreSQL alike.

Each function returns the statements for one engine (`"sqlite"` or `"postgresql"`); migrations run them.
"""

from __future__ import annotations


def append_only(table: str, vendor: str) -> list[str]:
    """Statements that make `table` refuse UPDATE, DELETE (and TRUNCATE on PostgreSQL)."""
    words = f"{table} is append-only: write a new row instead"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]


def no_overlap(table: str, columns: tuple[str, ...], vendor: str) -> list[str]:
    """Statements by which no two rows with equal `columns` have overlapping validity.

    Validity is the half-open interval [valid_from, valid_to); a NULL valid_to is open.
    """
    words = f"{table}: two validities of the same thing overlap"
    if vendor == "postgresql":
        keys = ", ".join(f"{column} WITH =" for column in columns)
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap "
            f"EXCLUDE USING gist ({keys}, daterange(valid_from, valid_to) WITH &&)",
        ]
    same = " AND ".join(f"o.{column} = NEW.{column}" for column in columns)
    clash = (
        f"SELECT 1 FROM {table} o WHERE {same} AND o.id <> NEW.id "
        "AND (o.valid_to IS NULL OR o.valid_to > NEW.valid_from) "
        "AND (NEW.valid_to IS NULL OR NEW.valid_to > o.valid_from)"
    )
    return [
        f"CREATE TRIGGER {table}_no_overlap_{verb.lower()} AFTER {verb} ON {table} "
        f"WHEN EXISTS ({clash}) BEGIN SELECT RAISE(ABORT, '{words}'); END"
        for verb in ("INSERT", "UPDATE")
    ]
