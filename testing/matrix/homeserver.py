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


def main() -> None:
    state = sys.argv[1]
    # Ctrl-C is for the test; its end is all that ends the server, so that nothing is left behind.
    os.setsid()
    config = os.path.join(state, "homeserver.yaml")
    threading.Thread(target=end_with_the_test, args=(state,), daemon=True).start()

    from synapse.app import homeserver

    sys.argv = ["homeserver", "-c", config]
    homeserver.main()


main()
