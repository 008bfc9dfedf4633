"""Starting a task from a service: by name, after commit (tasks sit above services)."""

from celery import current_app


def enqueue(name: str, *ids):
    """Queue the task `name` with ids when the running transaction commits.

    Raises KeyError for a name that no room registers: a spelling mistake must not wait for production.
    """
    if name not in current_app.tasks:
        current_app.loader.import_default_modules()
    return current_app.tasks[name].delay_on_commit(*ids)
