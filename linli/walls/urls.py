"""Addresses of the walls app."""

from django.urls import path

from linli.walls.views import desk, public, receipt, setup

urlpatterns = [
    path("walls/", public.walls, name="walls"),
    path("walls/<slug:code>/", public.wall, name="wall"),
    path("walls/<slug:code>/report/", public.report, name="report"),
    path("complain/", public.complaint, name="complaint"),
    path("p/<slug:code>/", public.poster, name="poster"),
    path("echo/", public.echo, name="echo"),
    path("issues/<slug:number>/", public.issue, name="issue"),
    path("issues/<slug:number>/photo/", public.photo, name="issue-photo"),
    path("issues/<slug:number>/receipt/", receipt.issue_receipt, name="issue-receipt"),
    path("issues/<slug:number>/satisfied/", receipt.satisfied, name="issue-satisfied"),
    path("issues/<slug:number>/reopen/", receipt.reopen, name="issue-reopen"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/forget/", receipt.forget, name="receipt-forget"),
    path("desk/issues/", desk.issues, name="desk-issues"),
    path("desk/issues/<slug:number>/", desk.issue, name="desk-issue"),
    path("desk/issues/<slug:number>/accept/", desk.accept, name="issue-accept"),
    path("desk/issues/<slug:number>/reply/", desk.reply, name="issue-reply"),
    path("desk/issues/<slug:number>/escalate/", desk.escalate, name="issue-escalate"),
    path("desk/issues/<slug:number>/decline/", desk.decline, name="issue-decline"),
    path("desk/issues/<slug:number>/hide/", desk.hide, name="issue-hide"),
    path("desk/issues/<slug:number>/photo/", desk.show_photo, name="issue-show-photo"),
    path("desk/walls/", setup.walls, name="desk-walls"),
    path("desk/walls/open/<str:code>/", setup.open_wall, name="wall-open"),
    path("desk/walls/<slug:code>/", setup.wall, name="desk-wall"),
    path("desk/walls/<slug:code>/poster.pdf", setup.poster_pdf, name="poster-pdf"),
]
