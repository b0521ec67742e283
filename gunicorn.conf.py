"""How gunicorn serves the app: gunicorn -c gunicorn.conf.py app:server. Every value can be set in the environment."""

import os
import sys

from gunicorn.http import message

# Readers paste long links: they get a page with a note (components/view.py), not gunicorn's own 400 at 8,190 characters.
message.MAX_REQUEST_LINE = 32768

bind = os.environ.get("RTAC_BIND", "127.0.0.1:8050")
workers = int(os.environ.get("RTAC_WORKERS", os.cpu_count() or 2))
worker_class = "gthread"
threads = 4
preload_app = True
control_socket_disable = True
limit_request_line = 32768
timeout = 30
graceful_timeout = 15
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


def on_starting(arbiter):
    """Local data are for a server that only this machine reaches, however its address was given."""
    from server import local

    try:
        local.check([address if isinstance(address, str) else address[0] for address in arbiter.cfg.address])
    except local.Unsafe as refusal:
        sys.exit(str(refusal))
