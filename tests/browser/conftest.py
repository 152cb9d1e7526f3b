"""The explorer as `nox -s browser` puts it together, served to nobody but this machine."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def explorer():
    """The folder with the page and its runtime."""
    if "MLSYSIM_EXPLORER" not in os.environ:
        pytest.skip("no explorer was put together: `nox -s browser` does that")
    return Path(os.environ["MLSYSIM_EXPLORER"])


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def address(explorer):
    """Where the page is."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=explorer)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()
        thread.join()
