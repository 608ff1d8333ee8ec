"""Wrong use of a command, said in one sentence in the language of the house."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from typer.exceptions import TyperException


def sentence(error: TyperException) -> str:
    """Return what is wrong and how to mend it.

    Typer says it in English and builds its own classes for it; of these only names and attributes are used.
    """
    kind, found = type(error).__name__, vars(error)
    context: Any = found.get("ctx")
    values = {"command": context.command_path if context else "linli"}
    match kind:
        case "NoArgsIsHelpError":  # its message is the help of the command
            return error.format_message()
        case "NoSuchOption" | "BadOptionUsage":
            values["option"] = found["option_name"]
            if kind == "NoSuchOption":
                return gettext("There is no option %(option)s; %(command)s --help lists the options.") % values
            return gettext("%(option)s is used wrongly; %(command)s --help shows how it is written.") % values
        case "MissingParameter" | "BadParameter" if found.get("param"):
            values["what"] = _name(found["param"])
            if kind == "MissingParameter":
                return gettext("%(what)s is missing; %(command)s --help says what it is.") % values
            return gettext("The value of %(what)s does not fit; %(command)s --help says what fits.") % values
        case _:
            return gettext("%(command)s cannot be used like this; %(command)s --help says how.") % values


def _name(parameter: Any) -> str:
    """Return the longest option name of a parameter, or what the help calls an argument."""
    options = [option for option in parameter.opts if option.startswith("-")]
    return max(options, key=len) if options else str(parameter.metavar or parameter.human_readable_name)
