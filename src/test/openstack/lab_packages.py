"""What Nova's and Cinder's processes have in common."""
import os
import pathlib
import socket

import eventlet
import eventlet.wsgi
from oslo_db.sqlalchemy import engines

create_engine = engines.create_engine


def create_lasting_engine(*connection, **options):
    """A database in memory lives as long as its connection: none is to be renewed after an hour."""
    return create_engine(*connection, **{**options, 'connection_recycle_time': -1})


engines.create_engine = create_lasting_engine


def file_of(package, *path):
    """A file of the Debian packages, whether they are installed or unpacked in a directory."""
    root = pathlib.Path(package.__file__).parents[5]  # of ROOT/usr/lib/python3/dist-packages/PACKAGE/__init__.py
    found = root.joinpath(*path)
    if not found.exists():
        raise SystemExit('%s is not there: it belongs to the Debian packages nova-common and cinder-common' % found)
    return found


def serve(descriptor, app):
    """Serves on a socket that listens already; tells its port."""
    listener = socket.socket(fileno=descriptor)
    quiet = open(os.devnull, 'w')
    eventlet.spawn(eventlet.wsgi.server, listener, app, log=quiet, debug=False, keepalive=True)
    return listener.getsockname()[1]


def serve_for_ever(directory, name):
    with open(os.path.join(directory, name + '.ready'), 'w') as ready:
        ready.write('ready\n')
    while True:
        eventlet.sleep(60)
