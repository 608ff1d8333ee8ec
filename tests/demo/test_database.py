"""What the whole demonstration holds. Built once a session."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from linli.access.catalogue import CONFIRMING
from linli.access.roles import PERMISSIONS, Role
from linli.demo.policy.days import age
from linli.demo.policy.logins import LOGINS, PASSWORD
from linli.demo.policy.names import ABSENT
from tests.demo.conftest import AS_OF, built, linli, shared
from tests.demo.digest import digest

pytestmark = [pytest.mark.demo, pytest.mark.slow]
TODAY = date.fromisoformat(AS_OF)


def count(rows, sql: str, *values: object) -> int:
    return rows(sql, *values)[0][0]


def test_the_articles_figures(rows):
    current = "valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)"
    living = f"SELECT kind, count(*) FROM organisations_body WHERE {current} GROUP BY kind"
    bodies = dict(rows(living, AS_OF, AS_OF))
    assert (bodies["working_committee"], bodies["general_branch"], bodies["branch"]) == (1, 8, 28)
    gone = "SELECT count(*) FROM members_membership WHERE ended <> ''"
    assert count(rows, "SELECT count(*) FROM members_member") == 1017 + count(rows, gone)
    sql = f"SELECT count(DISTINCT member_id) FROM members_membership WHERE {current}"
    assert count(rows, sql, AS_OF, AS_OF) == 1017
    two = rows(
        f"""SELECT DISTINCT m.id, m.born_on, m.education FROM members_member m
        JOIN (SELECT * FROM members_post WHERE {current}) p ON p.member_id = m.id
        JOIN organisations_body b ON b.id = p.body_id WHERE b.kind IN ('general_branch', 'residents_committee')""",
        AS_OF,
        AS_OF,
    )
    ages = [age(date.fromisoformat(born_on), TODAY) for _id, born_on, _education in two]
    assert 10 * sum(ages) == 338 * len(ages) > 0
    assert {education for *_, education in two} <= {"college", "bachelor", "postgraduate"}
    assert sum(education == "postgraduate" for *_, education in two) == 6


def test_memberships_live(rows):
    def found(table, column, where="1 = 1"):
        return dict(rows(f"SELECT {column}, count(*) FROM members_{table} WHERE {where} GROUP BY {column}"))

    assert found("applicant", "stage") == {"applicant": 2, "activist": 1, "target": 1, "admitted": 1}
    assert found("departure", "ending") == {"died": 1, "transferred": 1}
    assert found("transfer", "direction", "state = 'issued'") == {"inside": 2, "in": 1}
    assert found("transfer", "state", "direction = 'out'") == {"received": 1}
    standings = found("memberstanding", "kind")
    assert (standings["suspended"], standings["excused"]) == (1, 1)
    assert standings["mobile"] >= 2


def test_the_courtyard_model_of_one_estate_is_complete(rows):
    kinds = dict(
        rows(
            """SELECT b.kind, count(*) FROM organisations_body b
            JOIN organisations_body top ON b.path LIKE top.path || '%' WHERE top.code = 'JM-HT-ZB' GROUP BY b.kind"""
        )
    )
    assert kinds == {"branch": 4, "building_group": 12, "centre_household": 12}
    assert count(rows, "SELECT count(*) FROM walls_wall WHERE code LIKE 'JM-HT-Y_'") == 3
    chain = """SELECT w.level, a.level, t.level FROM walls_wall w JOIN walls_wall a ON a.id = w.above_id
        JOIN walls_wall t ON t.id = a.above_id WHERE w.code = 'JM-HT-Y1'"""
    assert rows(chain) == [("child", "mother", "street")]
    doors = "SELECT count(*) FROM places_place WHERE kind = 'household' AND code LIKE 'JM-HT-%'"
    assert count(rows, doors) == 288
    assert bool(rows("SELECT 1 FROM organisations_body WHERE code = 'JM-HT-YWH' AND kind = 'owners_committee'"))
    assert bool(rows("SELECT 1 FROM organisations_body WHERE code = 'JM-HT-WY' AND kind = 'property_company'"))


def test_every_household_has_a_line_up_to_the_subdistrict(rows):
    assert count(rows, "SELECT count(*) FROM places_place WHERE kind = 'household'") == 2088
    loose = """SELECT count(*) FROM places_place h WHERE h.kind = 'household' AND NOT EXISTS
        (SELECT 1 FROM places_place s WHERE s.kind = 'subdistrict' AND h.path LIKE s.path || '%')"""
    assert count(rows, loose) == 0


def test_every_door_lies_in_one_cell_of_its_community(rows):
    kinds = "SELECT p.kind, count(*) FROM places_grid g JOIN places_place p ON p.id = g.place_id GROUP BY p.kind"
    assert dict(rows(kinds)) == {"subdistrict": 1, "community": 8}
    cells = "SELECT count(*) FROM places_cell c JOIN places_grid g ON g.id = c.grid_id JOIN places_place p ON p.id = g.place_id WHERE p.code = 'JM'"
    assert count(rows, cells) == 5
    lost = """SELECT count(*) FROM places_place h WHERE h.kind = 'household' AND 2 <> (SELECT count(*)
        FROM places_cellplace l JOIN places_place p ON p.id = l.place_id WHERE h.path LIKE p.path || '%')"""
    assert count(rows, lost) == 0  # one cell of the community's grid, one of the subdistrict's


def test_the_working_calendar_is_entered(rows):
    years = rows("SELECT DISTINCT strftime('%Y', day) FROM rules_specialday ORDER BY 1")
    assert [year for (year,) in years] == ["2025", "2026", "2027"]


def test_issues_stand_in_every_state(rows):
    states = dict(rows("SELECT state, count(*) FROM walls_issue GROUP BY state"))
    assert set(states) == {"open", "accepted", "answered", "closed", "declined"}
    noon = f"{AS_OF} 12:00:00"
    overdue = "SELECT count(*) FROM walls_issue WHERE state IN ('open', 'accepted') AND answer_due < ?"
    assert count(rows, overdue, noon) >= 3
    assert count(rows, "SELECT count(*) FROM walls_issue WHERE reopened > 0 AND state = 'open'") == 1
    causes = dict(rows("SELECT cause, count(*) FROM walls_posting WHERE cause <> '' GROUP BY cause"))
    assert causes["overdue"] >= 1
    assert causes["by_hand"] >= 3
    back = """SELECT count(*) FROM walls_issueevent e JOIN walls_posting p ON p.issue_id = e.issue_id
        AND p.wall_id = e.wall_id AND p.came_from_id IS NOT NULL WHERE e.kind = 'replied'"""
    assert count(rows, back) >= 3
    assert count(rows, "SELECT count(*) FROM walls_issue WHERE reporter_id IS NOT NULL") > 10
    private = "SELECT count(*) FROM walls_issue i JOIN walls_category c ON c.id = i.category_id WHERE c.private"
    assert count(rows, private) >= 2


def test_rolls_are_recorded_and_confirmed_by_two_people(rows):
    states = dict(rows("SELECT state, count(*) FROM activities_activity GROUP BY state"))
    assert states["confirmed"] > 1000
    assert states["planned"] > 28
    assert states["cancelled"] == 1
    same = "SELECT count(*) FROM activities_activity WHERE state = 'confirmed' AND recorded_by = confirmed_by"
    assert count(rows, same) == 0
    presences = dict(rows("SELECT presence, count(*) FROM activities_attendance GROUP BY presence"))
    assert min(presences.get(p, 0) for p in ("present", "leave", "absent")) > 300
    market = "SELECT DISTINCT strftime('%d', starts_at, '+8 hours') FROM activities_activity WHERE spot = '聚福亭'"
    assert sorted(day for (day,) in rows(market)) == ["14", "28"]


@pytest.mark.parametrize(("kind", "least"), [("theme-day", 12), ("general-meeting", 4), ("lesson", 4)])
def test_each_branch_meets_as_often_as_it_should(rows, kind, least):
    held = rows(
        """SELECT b.code, count(*) FROM activities_activity a JOIN activities_kind k ON k.id = a.kind_id
        JOIN organisations_body b ON b.id = a.body_id WHERE k.code = ? AND a.state = 'confirmed' GROUP BY b.code""",
        kind,
    )
    assert len(held) == 28
    assert min(times for _code, times in held) >= least


def test_nobody_confirmed_an_own_line(rows):
    own = """SELECT count(*) FROM points_entry e JOIN members_member m ON m.id = e.member_id
        WHERE m.user_id IS NOT NULL AND e.confirmer = 'user:' || m.user_id"""
    assert count(rows, own) == 0
    assert count(rows, "SELECT count(*) FROM points_entry") > 10_000


def test_bulletins_of_past_months_are_published_and_one_can_be_published_by_hand(rows):
    states = dict(rows("SELECT state, count(*) FROM points_bulletin GROUP BY state"))
    assert states["published"] == 28 * 11
    ready = rows(
        """SELECT b.code, p.month FROM points_bulletin p JOIN organisations_body b ON b.id = p.body_id
        WHERE p.state = 'draft' AND p.objections_until < ? AND b.code = 'JM-HT-Y1-ZB'""",
        f"{AS_OF} 00:00:00",
    )
    assert ready == [("JM-HT-Y1-ZB", "2026-02-01")]
    prepared = """SELECT count(*) FROM points_bulletin p JOIN organisations_body b ON b.id = p.body_id
        WHERE b.code = 'JM-HT-ZB' AND p.month = '2026-02-01'"""
    assert count(rows, prepared) == 0


def test_institutions_stand_in_five_groups_and_duties_in_every_state(rows):
    assert len(rows('SELECT DISTINCT "group" FROM organisations_institution')) == 5
    assert {state for (state,) in rows("SELECT DISTINCT state FROM organisations_duty")} == {"open", "done"}
    assert rows("SELECT count(*) FROM organisations_budgetline WHERE published_on IS NULL") == [(2,)]


def test_accounts_can_log_in(rows):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    users = dict(rows("SELECT username, password FROM accounts_user"))
    for login in LOGINS:
        assert Argon2PasswordHasher().verify(PASSWORD, users[login.name])
    others = [password for name, password in users.items() if name not in {login.name for login in LOGINS}]
    assert others
    assert all(password.startswith("!") for password in others)


def test_nothing_happened_after_the_as_of_day(rows):
    midnight = "2026-03-17 16:00:00"  # in UTC
    assert rows("SELECT max(at) FROM audit_event")[0][0] <= midnight
    assert rows("SELECT max(posted_at) FROM walls_issue")[0][0] < midnight
    assert rows("SELECT max(deed_on) FROM points_entry")[0][0] < AS_OF


def test_no_person_of_the_article_appears(demo_template):
    content = (demo_template / "linli.sqlite3").read_bytes()
    assert "王枇杷".encode() in content
    for name in ABSENT:
        assert name.encode() not in content, name


def test_the_same_day_gives_the_same_data(demo_template, tmp_path_factory):
    again = shared(tmp_path_factory) / "again"
    again.mkdir(parents=True, exist_ok=True)
    (again / "linli.sqlite3.making").write_bytes(b"left behind by an interrupted load")
    built(again, "--as-of", AS_OF)
    assert digest(again) == digest(demo_template)
    assert not (again / "linli.sqlite3.making").exists()


def test_verify_finds_nothing_broken_and_the_clock_moves_what_is_overdue(demo_database):
    done = linli(demo_database, "verify")
    assert done.returncode == 0, done.stdout
    ticked = linli(demo_database, "tick", "--now", f"{AS_OF}T10:00")
    assert ticked.returncode == 0, ticked.stdout + ticked.stderr
    assert "walls." in ticked.stdout
    assert linli(demo_database, "verify").returncode == 0
    shutil.rmtree(demo_database)


def test_everybody_who_can_confirm_is_known_as_a_member_or_as_none(rows):
    roles = [role.value for role in Role if PERMISSIONS[role] & CONFIRMING]
    held = f"""FROM accounts_user u JOIN accounts_rolegrant g ON g.user_id = u.id
        LEFT JOIN members_member m ON m.user_id = u.id WHERE g.role IN ({", ".join("?" * len(roles))})"""
    assert count(rows, f"SELECT count(*) {held} AND (m.id IS NOT NULL OR u.outside_party)", *roles) > 50
    assert rows(f"SELECT u.username {held} AND m.id IS NULL AND NOT u.outside_party", *roles) == []
    assert rows(f"SELECT u.username {held} AND m.id IS NOT NULL AND u.outside_party", *roles) == []
