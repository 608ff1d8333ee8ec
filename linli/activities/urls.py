"""Addresses of the activities app."""

from django.urls import path

from linli.activities import api
from linli.activities.views import calendar, desk, feedback, kinds, minutes, occasion, own, roll, scan

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<slug:code>.ics", api.feed, name="calendar-feed"),
    path("activities/<int:number>/", occasion.occasion, name="occasion"),
    path("desk/activities/", desk.activities, name="activities"),
    path("desk/activities/new/", desk.new, name="activity-new"),
    path("desk/activities/kinds/", kinds.kinds, name="activity-kinds"),
    path("desk/activities/kinds/new/", kinds.new, name="activity-kind-new"),
    path("desk/activities/kinds/<slug:code>/", kinds.change, name="activity-kind"),
    path("desk/activities/<int:number>/", desk.activity, name="activity"),
    path("desk/activities/<int:number>/change/", desk.change, name="activity-change"),
    path("desk/activities/<int:number>/cancel/", desk.cancel, name="activity-cancel"),
    path("desk/activities/<int:number>/roll/", roll.roll, name="activity-roll"),
    path("desk/activities/<int:number>/sheet/", roll.sheet, name="activity-sheet"),
    path("desk/activities/<int:number>/code/", roll.code, name="activity-code"),
    path("desk/activities/<int:number>/confirm/", roll.confirm, name="activity-confirm"),
    path("desk/activities/<int:number>/return/", desk.give_back, name="activity-return"),
    path("desk/activities/<int:number>/minutes/", minutes.minutes, name="minutes"),
    path("desk/activities/<int:number>/minutes/head/", minutes.head, name="minutes-head"),
    path("desk/activities/<int:number>/minutes/new/", minutes.new_item, name="minutes-item-new"),
    path("desk/activities/<int:number>/minutes/items/<int:pk>/", minutes.item, name="minutes-item"),
    path("desk/activities/<int:number>/minutes/items/<int:pk>/remove/", minutes.remove_item, name="minutes-remove"),
    path("desk/activities/<int:number>/minutes/send/", minutes.circulate, name="minutes-send"),
    path("desk/activities/<int:number>/minutes/final/", minutes.close, name="minutes-final"),
    path("desk/activities/<int:number>/minutes/corrections/<int:pk>/", minutes.answer, name="minutes-answer"),
    path("desk/activities/<int:number>/minutes.<slug:form>", minutes.file, name="minutes-file"),
    path("desk/check-ins/at/<slug:code>/<str:quarter>/", feedback.slips, name="feedback"),
    path("desk/check-ins/at/<slug:code>/<str:quarter>/slips.<slug:form>", feedback.file, name="feedback-file"),
    path("desk/scan/<str:token>/", scan.scan, name="scan"),
    path("me/activities/code/", scan.my_code, name="my-code"),
    path("me/activities/", own.my_activities, name="my-activities"),
    path("me/activities/<int:number>/minutes/", minutes.read, name="my-minutes"),
    path("sign-in/<int:number>/", own.sign_in, name="sign-in"),
]
