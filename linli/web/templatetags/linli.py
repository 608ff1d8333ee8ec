"""Filters for figures, times and labels; loaded in every template."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext

from linli.lib.words import Labelled

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
def moment(value: datetime | None) -> str:
    """Show a moment in China time, to the minute."""
    return date_format(timezone.localtime(value), "Y-m-d H:i") if value else ""


@register.filter
def day(value: datetime | None) -> str:
    """Show the day of a moment in China time, or a date."""
    if not value:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(local, "Y-m-d")


@register.filter
def source(ref: str) -> str:
    """Show a text reference as a link to what it names, where readers can open it; else as it is."""
    kind, _colon, name = ref.partition(":")
    if kind == "issue":
        return format_html('<a href="{}">{} {}</a>', reverse("issue", args=[name]), gettext("Issue"), name)
    if kind == "activity" and name.isdigit():
        words = gettext("Activity no.")
        return format_html('<a href="{}">{} {}</a>', reverse("sign-in", args=[int(name)]), words, name)
    return conditional_escape(ref)
