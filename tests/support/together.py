"""Several acts at once, each in a thread with its own connection."""

from threading import Barrier, Thread

from django.db import connection


def all_at_once(acts) -> list:
    """Start every act at the same moment; what each returned or raised, in their order."""
    start, found = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(30)
            found[place] = act()
        except Exception as error:  # noqa: BLE001 - what was raised is the result
            found[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found
