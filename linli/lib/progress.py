"""A bar on the error stream for long work at a terminal; what the command answers stays alone on standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

type Told = Callable[[float, str], None]
"""Called now and then with the share that is done, from 0 to 1, and what is done next, in words."""


@contextmanager
def bar() -> Iterator[Told]:
    """Show a bar while the work within tells how far it is; none where the error stream is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda share, words: progress.update(task, completed=share, description=words)


def silent(_share: float, _words: str) -> None:
    """Tell nobody: for work that no terminal watches."""
