import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "todo_backend.wsgi"
# A slow client holds a thread, but no connection to the database: those are opened by the first query of a thread.
worker_class = "gthread"
workers = 2
threads = 40
# The longest search, cursor and tag still fit.
limit_request_line = 8190
graceful_timeout = 5
# Instances on one machine would meet at its default path.
control_socket_disable = True
