"""Cinder in one process: API, scheduler and three volume services.

  lab_cinder.py DIRECTORY CINDER KEYSTONE_PORT

CINDER is the descriptor of a socket that listens. The database is in memory, messages stay in the process.
"""
import eventlet
eventlet.monkey_patch()
import __original_module_threading as original_threading
import threading
original_threading.current_thread.__globals__['_active'] = threading._active

import os
import sys

import lab_packages

import cinder
from cinder import coordination
from cinder import context
from cinder import i18n
i18n.enable_lazy()
from cinder import objects
objects.register_all()
from cinder import rpc
from cinder import service
from cinder import version
from cinder.common import config
from cinder.db import migration
from cinder.db.sqlalchemy import api as database
from cinder.volume import api as volume_api
from cinder.volume import volume_types
from oslo_config import cfg
from oslo_log import log as logging
from oslo_service import wsgi

SERVICES = ('cinder1@fast', 'cinder2@fast', 'cinder1@slow')
TYPES = {'fast': {'volume_backend_name': 'fast'}, 'slow': {'volume_backend_name': 'slow'}, 'any': {}}

CONF = cfg.CONF

directory, cinder_fd, keystone_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

SETTINGS = """\
[DEFAULT]
state_path = %(directory)s/cinder
transport_url = fake:/
auth_strategy = noauth
host = cinder1
my_ip = 127.0.0.1
api_paste_config = %(paste)s
resource_query_filters_file = %(filters)s
enabled_backends = fast,slow
default_volume_type = any
report_interval = 5
service_down_time = 20
backend_stats_polling_interval = 10
use_stderr = true
allow_migration_on_attach = true
quota_volumes = -1
quota_gigabytes = -1
quota_snapshots = -1
per_volume_size_limit = -1
[database]
connection = sqlite://
[oslo_concurrency]
lock_path = %(directory)s/cinder-locks
[coordination]
backend_url = file://%(directory)s/cinder-coordination
[nova]
auth_type = password
auth_url = http://127.0.0.1:%(keystone_port)d/v3
username = admin
password = secret
project_name = admin
user_domain_id = default
project_domain_id = default
[fast]
volume_driver = cinder_driver.LabDriver
volume_backend_name = fast
[slow]
volume_driver = cinder_driver.LabDriver
volume_backend_name = slow
"""


def configure():
    file = os.path.join(directory, 'cinder.conf')
    with open(file, 'w') as settings:
        settings.write(SETTINGS % {
            'directory': directory, 'keystone_port': keystone_port,
            'paste': lab_packages.file_of(cinder, 'usr', 'share', 'cinder-common', 'api-paste.ini'),
            'filters': lab_packages.file_of(cinder, 'etc', 'cinder', 'resource_filters.json')})
    CONF(['--config-file', file], project='cinder', version=version.version_string())
    config.set_middleware_defaults()
    logging.setup(CONF, 'cinder')


def create_database():
    """In memory: it lasts as long as somebody is connected."""
    connection = database.get_engine().connect()
    migration.db_sync()
    known = volume_types.get_all_types(context.get_admin_context())
    for name, extra_specs in TYPES.items():
        if name not in known:
            volume_types.create(context.get_admin_context(), name, extra_specs)
    return connection


def adapt():
    """Cinder expects one service in a process, and Nova to come with a token of its own (CVE-2023-2088)."""
    volume_api.API.is_service_request = staticmethod(lambda context: True)
    report = service.Service.report_state

    def report_own_state(self):
        service.Service.service_id = self.origin_service_id
        report(self)

    service.Service.report_state = report_own_state


def start_services():
    started = []
    for name in SERVICES:
        volumes = service.Service.create(
            host=name, service_name=name.partition('@')[2], binary='cinder-volume', coordination=True)
        volumes.start()
        started.append(volumes)
    scheduler = service.Service.create(binary='cinder-scheduler')
    eventlet.spawn(scheduler.start)
    return [*started, scheduler]


configure()
connection = create_database()
coordination.COORDINATOR.start()
rpc.init(CONF)
adapt()
services = start_services()
lab_packages.serve(cinder_fd, wsgi.Loader(CONF).load_app('osapi_volume'))
lab_packages.serve_for_ever(directory, 'cinder')
