from datetime import date

import pytest

from linli.members.policy.appointments import Appointments, Held, common_start, plan

OLD, NEW, OTHER = 1, 2, 3
SINCE = date(2024, 1, 1)
HEAD = Held(10, "secretary", OLD, SINCE)
CIVIL = Held(11, "director", OTHER, date(2022, 1, 1))


@pytest.mark.parametrize(
    ("held", "titles", "options", "found"),
    [
        ([HEAD], ["secretary"], {}, Appointments()),
        ([HEAD, CIVIL], ["director"], {}, Appointments(ended=(HEAD,))),
        ([], ["secretary"], {}, Appointments(begun=(("secretary", 99),))),
        ([HEAD], ["secretary"], {"since": SINCE}, Appointments()),
        ([HEAD], ["secretary"], {"since": date(2025, 1, 1)}, Appointments(redated=(HEAD,))),
        ([HEAD, CIVIL], ["secretary", "director"], {"moved": (OLD, NEW)}, Appointments((HEAD,), (("secretary", NEW),))),
        ([HEAD], [], {"moved": (OLD, NEW)}, Appointments(ended=(HEAD,))),
    ],
)
def test_what_a_row_does_to_posts(held, titles, options, found):
    assert plan(held, titles, **{"moved": None, "since": None} | options, body_of=lambda _title: 99) == found


def test_the_bodies_that_are_touched():
    touched = Appointments(ended=(HEAD,), begun=(("deputy", 5),), redated=(CIVIL,))
    assert touched.bodies == {OLD, 5, OTHER}


def test_the_common_start():
    assert common_start([]) is None
    assert common_start([HEAD, HEAD]) == SINCE
    assert common_start([HEAD, CIVIL]) is None
