"""Who can log in to the demonstration: one account for each role, at a body where it has something to do."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from linli.access.roles import STAFF, Role
from linli.members.policy.kinds import Title

PASSWORD = "linli-demo-1017"  # noqa: S105 -- printed on purpose, for invented data only
STEP = 30


@dataclass(frozen=True, slots=True)
class Login:
    """An account: its user name, role and body.

    Behind it stands the holder of `post`, or of no post (`shown` names the account), or an ordinary member.
    """

    name: str
    role: Role
    body: str
    post: tuple[str, Title] | None = None
    shown: str = ""

    @property
    def secret(self) -> str:
        """The secret of the second factor (base32), the same in every demonstration."""
        return base64.b32encode(hashlib.sha256(f"linli demo {self.name}".encode()).digest()[:20]).decode()

    @property
    def staff(self) -> bool:
        """Whether the role needs the second factor."""
        return self.role in STAFF


YARD = "JM-HT-Y1-ZB"
LOGINS = (
    Login("jiedao", Role.SUBDISTRICT_STAFF, "DGW", shown="街道办事处工作人员"),
    Login("shequ.jinmao", Role.COMMUNITY_STAFF, "JM-ZZ", ("JM-ZZ", Title.PUBLICITY)),
    Login("shuji.honting", Role.SECRETARY, "JM-HT-ZB", ("JM-HT-ZB", Title.SECRETARY)),
    Login("fushuji.honting", Role.DEPUTY, "JM-HT-ZB", ("JM-HT-ZB", Title.DEPUTY)),
    Login("shuji.dangui", Role.SECRETARY, YARD, (YARD, Title.SECRETARY)),
    Login("fushuji.dangui", Role.DEPUTY, YARD, (YARD, Title.DEPUTY)),
    Login("zuzhang.dangui", Role.GROUP_LEADER, "JM-HT-Y1-01-XZ", ("JM-HT-Y1-01-XZ", Title.GROUP_LEADER)),
    Login("zhongxinhu", Role.CENTRE_HOUSEHOLD, "JM-HT-Y1-01-ZXH", ("JM-HT-Y1-01-ZXH", Title.CENTRE_HOUSEHOLD)),
    Login("dangyuan", Role.MEMBER, YARD),
    Login("wangge.jinmao", Role.GRID_WORKER, "JM-JWH", ("JM-JWH", Title.COMMITTEE)),
    Login("wuye.honting", Role.PROPERTY_MANAGER, "JM-HT-WY", shown="中海鸿庭物业经理"),
    Login("yeweihui.honting", Role.OWNERS_REPRESENTATIVE, "JM-HT-YWH", shown="中海鸿庭业委会代表"),
    Login("shenji", Role.AUDITOR, "DGW", shown="审计员"),
    Login("guanliyuan", Role.OPERATOR, "DGW", shown="系统管理员"),
)
"""Roles whose part of the house comes later (partners, counsellors) have no account yet."""


def code_at(secret: str, seconds: int) -> str:
    """Return the six digits of the second factor at a Unix time (RFC 6238, SHA-1, steps of 30 s)."""
    digest = hmac.digest(base64.b32decode(secret), (seconds // STEP).to_bytes(8), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"
