"""A rule that can be checked: its words, the regulation that it comes from, how sure we are, and a check of facts.

Policy modules make rules and list them in a tuple `RULES`; `linli.project.rulebook` collects them, and
`docs/rules.md` is written from them. A check is pure: facts in, a finding or None out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from linli.lib.words import Labelled, gettext_noop


class Mark(Labelled):
    """How sure we are of what a rule says."""

    SEEN = "V", gettext_noop("Seen in the text of the source")
    SECOND_HAND = "V-2nd", gettext_noop("Seen in a secondary page only; the article is unchecked")
    UNVERIFIED = "M", gettext_noop("Unverified; a default that can be changed")


class Severity(Labelled):
    """What breaking a rule means."""

    MUST = "must", gettext_noop("Must (应当): a failure")
    USUALLY = "usually", gettext_noop("Usually (一般): a warning")


@dataclass(frozen=True, slots=True)
class Rule[Facts]:
    """One rule. `words` and `source` are msgids; `numbers` names the rule values that the check reads."""

    code: str
    words: str
    source: str
    mark: Mark
    severity: Severity
    check: Callable[[Facts], Finding | None]
    numbers: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether the text of the source was seen."""
        return self.mark is Mark.SEEN

    @property
    def weight(self) -> Severity:
        """What breaking it means on a page: nobody fails by a source that was not seen."""
        return self.severity if self.verified else Severity.USUALLY


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule is broken. `mend` is a msgid that says what is wrong and proposes how to mend it, with `values`."""

    rule: Rule[Any]
    values: Mapping[str, object]
    mend: str

    def __str__(self) -> str:
        return self.mend % self.values if self.values else self.mend


def broken[Facts](rules: Iterable[Rule[Facts]], facts: Facts) -> tuple[Finding, ...]:
    """Return what `facts` break, in the order of `rules`."""
    return tuple(found for rule in rules if (found := rule.check(facts)) is not None)
