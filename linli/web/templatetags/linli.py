"""Filters for figures, times and labels; loaded in every template."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext

from linli.lib.month import Month
from linli.lib.rulebook import Finding
from linli.lib.words import Labelled, gettext_noop
from linli.web.forms import said

register = template.Library()


@register.filter
def points(tenths: int | None) -> str:
    """Show tenths of a point as points: 605 → 60.5, 600 → 60."""
    if tenths is None:
        return ""
    sign, size = ("-" if tenths < 0 else ""), abs(tenths)
    return f"{sign}{size // 10}" + (f".{size % 10}" if size % 10 else "")


@register.filter
def signed_points(tenths: int) -> str:
    """Show tenths of a point with their sign: 10 → +1."""
    return ("+" if tenths > 0 else "") + points(tenths)


@register.filter
def label(member: Labelled) -> str:
    """Show the label of an enumeration member in the language of the page."""
    return gettext(member.label)


@register.filter
def mend(finding: Finding) -> str:
    """Show what breaks a rule and how to mend it, in the language of the page."""
    return said(finding.mend, finding.values)


@register.filter
def words(text: str) -> str:
    """Show a msgid, such as the words or the source of a rule, in the language of the page."""
    return gettext(text)


def _local(value: date | datetime | str | None, form: str) -> str:
    """Return `value` (or its ISO text) in China time, in the words that the language of the page has for `form`."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, gettext(form))


@register.filter
def moment(value: datetime | None) -> str:
    """Show a moment to the minute: 2026年11月4日 9:30."""
    return _local(value, gettext_noop("j M Y, G:i"))


@register.filter
def near_moment(value: datetime | None) -> str:
    """Show a moment whose year is clear, such as a deadline: 11月4日 9:30."""
    return _local(value, gettext_noop("j M, G:i"))


@register.simple_tag
def language_tag() -> str:
    """Return the language of the page as papers name it, by which fonts and readers choose: zh-CN."""
    language = get_language() or ""
    return "zh-CN" if language == "zh-hans" else language


@register.filter
def day(value: date | datetime | None) -> str:
    """Show the day of a moment, or a date: 2026年11月4日."""
    return _local(value, gettext_noop("j M Y"))


@register.filter
def near_day(value: date | datetime | str | None) -> str:
    """Show a day whose year is clear: 11月4日."""
    return _local(value, gettext_noop("j M"))


@register.filter
def opening(value: datetime | None) -> str:
    """Show when something begins that people come to: 11月4日 星期三 9:30."""
    return _local(value, gettext_noop("l j M, G:i"))


@register.filter
def month_name(value: date | Month | None) -> str:
    """Show a month: 2026年11月."""
    return _local(value.first if isinstance(value, Month) else value, gettext_noop("F Y"))


@register.filter
def origin(ref: str) -> str:
    """Show in words what a text reference names, where an app says it (`settings.SAYS`); else as `source` does."""
    kind, _colon, name = ref.partition(":")
    words = import_string(settings.SAYS[kind])(name) if kind in settings.SAYS else None
    return f"{words[0]} · {day(words[1])}" if words else source(ref)


@register.filter
def source(ref: str) -> str:
    """Show a text reference as a link to what it names, where readers can open it; else as it is."""
    kind, _colon, name = ref.partition(":")
    if kind == "issue":
        return format_html('<a href="{}">{} {}</a>', reverse("issue", args=[name]), gettext("Issue"), name)
    if kind == "activity" and name.isdigit():
        words = gettext("Activity no.")
        return format_html('<a href="{}">{} {}</a>', reverse("occasion", args=[int(name)]), words, name)
    return conditional_escape(ref)
