"""A bar on the error stream for long work at a terminal; what the command answers stays alone on standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

type Told = Callable[[float], None]
"""Called now and then with the share that is done, from 0 to 1."""


@contextmanager
def bar() -> Iterator[Callable[[float, str], None]]:
    """Show a bar while the work within tells its share and what it does, in words; none without a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _share, _words: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda share, words: progress.update(task, completed=share, description=words)


def silent(_share: float) -> None:
    """Tell nobody: for work that no terminal watches."""
