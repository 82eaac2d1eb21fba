"""A Synapse that lives no longer than the test that started it.

    python homeserver.py STATE    with STATE/homeserver.yaml written, and standard input a pipe that the test keeps open

When the pipe closes, the test is gone, however it ended: the server ends at once, and its state is thrown away.
"""

import os
import shutil
import sys
import threading


def end_with_the_test(state: str) -> None:
    while os.read(0, 1):
        pass
    shutil.rmtree(state, ignore_errors=True)
    os._exit(0)


def be_ahead(state: str) -> None:
    """By as many seconds as STATE/ahead says, if it is there, the server's clock is ahead of all others."""
    try:
        with open(os.path.join(state, "ahead")) as file:
            ahead = float(file.read())
    except FileNotFoundError:
        return
    from synapse.util.clock import Clock

    right = Clock.time
    Clock.time = lambda clock: right(clock) + ahead


def main() -> None:
    state = sys.argv[1]
    # Ctrl-C is for the test; its end is all that ends the server, so that nothing is left behind.
    os.setsid()
    config = os.path.join(state, "homeserver.yaml")
    threading.Thread(target=end_with_the_test, args=(state,), daemon=True).start()

    from synapse.app import homeserver

    be_ahead(state)
    sys.argv = ["homeserver", "-c", config]
    homeserver.main()


main()
