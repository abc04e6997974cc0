"""Read by gunicorn from the folder it starts in."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "4"))
# Threads keep a few slow clients from occupying a whole worker; each thread has one database connection.
threads = 8
keepalive = 65
limit_request_line = 8190
