from linli.access.roles import Role
from tests.catalogue import Example

EXAMPLES = [
    Example("organisations"),
    Example(
        "body-found",
        chooses="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {
            "parent": "BR1" if w else "",
            "kind": "branch",
            "name": "第三院落党支部",
            "code": "BY3",
            "serves": "Y2",
            "since": "2026-01-01",
        },
    ),
    Example(
        "body-rename",
        kwargs=lambda w: {"code": "BR1"},
        at="BR1",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"name": "改名的党支部"},
    ),
]
