"""What the actions on activities are called."""

from __future__ import annotations

from linli.lib.words import gettext_noop

ACTIVITY_ACTIONS = {
    "activity.cancel": gettext_noop("An activity was called off"),
    "activity.change": gettext_noop("A plan was changed"),
    "activity.confirm_roll": gettext_noop("A roll was confirmed"),
    "activity.forget_codes": gettext_noop("Wrong sign-in codes were forgotten"),
    "activity.hand_over": gettext_noop("Plans were handed over"),
    "activity.pass_on": gettext_noop("Open rolls passed to the lasting record"),
    "activity.plan": gettext_noop("An activity was planned"),
    "activity.record_roll": gettext_noop("A roll was recorded"),
    "activity.return_roll": gettext_noop("A roll was given back"),
    "activity.scan": gettext_noop("Somebody was signed in by scanning"),
    "activity.sign_in": gettext_noop("Somebody signed in by code"),
    "activity.wrong_code": gettext_noop("A wrong sign-in code"),
    "minutes.answer": gettext_noop("A correction of minutes was answered"),
    "minutes.circulate": gettext_noop("Minutes were sent to those present"),
    "minutes.close": gettext_noop("Minutes were made final"),
    "minutes.correct": gettext_noop("A correction of minutes was asked for"),
    "minutes.write": gettext_noop("Minutes were written"),
    "activity_kind.ensure": gettext_noop("A kind of activity was set"),
    "activity_kinds.ensure": gettext_noop("The kinds of activities were set"),
}
