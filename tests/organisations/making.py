"""Institutions, duties and budget lines of the small subdistrict."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.organisations import services
from linli.organisations.policy.institutions import Group


def institution(world: Any, body: str = "BR1", **given: Any) -> Any:
    words = {
        "group": Group.SERVICE,
        "title": f"服务群众制度{world.key()[-6:]}",
        "text": "每月一次上门。",
        "since": world.now.date(),
        "public": True,
    } | given
    return services.adopt(body=world.bodies[body], by=world.by, now=world.now, key=world.key(), **words)


def duty(world: Any, body: str = "BR1", **given: Any) -> Any:
    words = {"who": "组织委员", "what": "整理党员名册", "due_on": date(2026, 3, 25)} | given
    return services.set_duty(body=world.bodies[body], by=world.by, now=world.now, key=world.key(), **words)


def budget_line(world: Any, body: str = "BR1", **given: Any) -> Any:
    words = {"year": 2026, "title": f"便民集市{world.key()[-6:]}", "source": "服务群众经费"}
    words |= {"planned_fen": 120_050, "spent_fen": 0} | given
    return services.set_budget_line(body=world.bodies[body], by=world.by, now=world.now, key=world.key(), **words)


def overdue_duty(world: Any) -> Any:
    return duty(world, due_on=world.now.date() - timedelta(days=1))
