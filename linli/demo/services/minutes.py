"""Minutes of the general meetings: a point that was discussed, one that was voted on, made final by another person."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.access.decide import Actor
from linli.activities.models import Activity, Minutes
from linli.activities.policy.minutes import Way
from linli.activities.policy.motions import Item
from linli.activities.queries import minutes as reads
from linli.activities.services import minutes as services
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.members.models import Post
from linli.members.policy.kinds import Title

OPENING = "会议先通报上季度工作，大家没有不同意见。"
TOPICS = (
    ("院内停车位怎样划", "在公示栏公示五天，没有异议就划线。"),
    ("楼道堆物怎样清", "各楼栋党小组长带头，两周内清完。"),
    ("凉亭的长椅换不换", "请物业报价，下次会议再定样式。"),
    ("志愿服务时间调不调", "夏季改到傍晚，冬季改到下午。"),
)


def written(build: Build, activity: Activity, first: Actor, second: Actor, after: datetime) -> Story:
    """Write the minutes the day after the roll was confirmed, send them, make them final when the days are over."""
    written = after + timedelta(hours=3)
    yield written
    activity.refresh_from_db()
    secretary = Post.objects.filter(body=activity.body, title=Title.SECRETARY, valid_to=None).select_related("member")
    chairs = {member.pk: member for member in reads.may_chair(activity)}
    chair = next((chairs[post.member_id] for post in secretary if post.member_id in chairs), None)
    services.write_head(activity, chair=chair, delegated=False, opening=OPENING, by=first, now=written, key=build.key())
    for item in _items(build, activity):
        services.put_item(activity, item, by=first, now=written, key=build.key())
    services.circulate(activity, by=first, now=written, key=build.key())
    final = written + timedelta(days=5)
    yield final
    version = Minutes.objects.get(activity=activity).version
    services.close(activity, seen=version, by=second, now=final, key=build.key())


def _items(build: Build, activity: Activity) -> tuple[Item, Item]:
    title, decision = TOPICS[activity.pk % len(TOPICS)]
    votes = reads.votes_of(activity)
    present = votes.present if votes else 0
    against = min(present, build.random.randrange(3))
    return (
        Item("通报上季度党费收缴和积分", said="支部委员逐项说明，数字已经张贴。"),
        Item(
            title,
            said="几位党员谈了自家楼里的情况，\n多数人希望先公示再动手。",
            decision=decision,
            way=Way.HANDS,
            yes=present - against,
            no=against,
            weighty=True,
            committee_before=True,
        ),
    )
