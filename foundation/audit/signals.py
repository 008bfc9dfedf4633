"""Tasks get an audit context as requests do: rows they write carry the task's name and id."""

from contextlib import ExitStack

from celery.signals import task_postrun, task_prerun

from .context import running

_open: dict[str, ExitStack] = {}


@task_prerun.connect
def begin_task(task_id, task, **kwargs):
    """Open the context of a task; a task run in place keeps its caller's."""
    stack = ExitStack()
    stack.enter_context(running(task_id, task=task.name))
    _open[task_id] = stack


@task_postrun.connect
def end_task(task_id, **kwargs):
    """Close what `begin_task` opened."""
    if stack := _open.pop(task_id, None):
        stack.close()
