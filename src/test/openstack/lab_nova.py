"""Nova, Placement and a stand-in for Keystone and Glance in one process, made of the fixtures of their own functional tests.

  lab_nova.py DIRECTORY KEYSTONE NOVA PLACEMENT HOSTS CINDER_PORT

The three are descriptors of sockets that listen. Databases are in memory, messages stay in the process.
"""
import os
import sys

directory, keystone_fd, nova_fd, placement_fd, hosts, cinder_port = sys.argv[1], *map(int, sys.argv[2:])
sys.argv = ['nova']
os.environ['OS_DEBUG'] = '0'

import nova_driver  # noqa: F401, patches Python's library for eventlet, so that it has to come first
import lab_packages
from lab_keystone import Keystone

import fixtures
import nova
import os_brick
from nova import context
from nova import test
from nova.tests import fixtures as nova_fixtures
from nova.tests.functional import fixtures as functional_fixtures
from placement import deploy

PROJECT = sys.modules['nova.tests.fixtures.nova'].PROJECT_ID
CINDER_TOKEN = 'admin:' + PROJECT
IMAGE = '155d900f-4e14-4e4c-a73d-069cbf4541e6'  # one of those that the fixture of Glance has


class Lab(test.TestCase):
    REQUIRES_LOCKING = True  # a directory for locks, without which no volume is attached

    def runTest(self):
        cinder = 'http://127.0.0.1:%d/v3/' % cinder_port
        self.flags(compute_driver='fake.LabDriver', periodic_enable=True, report_interval=5, service_down_time=20,
                   sync_power_state_interval=-1, max_concurrent_live_migrations=0)
        self.flags(driver=['noop'], group='oslo_messaging_notifications')
        self.flags(driver='nova.quota.NoopQuotaDriver', group='quota')
        self.flags(shuffle_best_same_weighed_hosts=True, group='filter_scheduler')
        paste = lab_packages.file_of(nova, 'usr', 'share', 'nova-common', 'api-paste.ini')
        self.flags(api_paste_config=str(paste), group='wsgi')
        os_brick.setup(nova.conf.CONF)
        self.useFixture(nova_fixtures.RealPolicyFixture())
        self.useFixture(nova_fixtures.NeutronFixture(self))
        self.useFixture(nova_fixtures.GlanceFixture(self))
        placement = self.useFixture(functional_fixtures.PlacementFixture())
        self.useFixture(nova_fixtures.AllServicesCurrent())
        api = self.useFixture(nova_fixtures.OSAPIFixture(api_version='v2.1'))
        self.flags(endpoint_template=cinder + '%(project_id)s', group='cinder')
        self.useFixture(fixtures.MonkeyPatch('nova.api.auth.NovaKeystoneContext._create_context', self.context))
        self.start_service('conductor')
        self.start_service('scheduler')
        for number in range(1, hosts + 1):
            self._start_compute('compute%d' % number)
        keystone = Keystone(PROJECT, IMAGE)
        lab_packages.serve(placement_fd, deploy.loadapp(placement.conf_fixture.conf))
        nova_port = lab_packages.serve(nova_fd, keystone.guard(api.app()))
        keystone_port = lab_packages.serve(keystone_fd, keystone)
        keystone.catalog = {
            'identity': 'http://127.0.0.1:%d/v3' % keystone_port,
            'image': 'http://127.0.0.1:%d/v2' % keystone_port,
            'compute': 'http://127.0.0.1:%d/v2.1' % nova_port,
            'volumev3': cinder + PROJECT,
            'block-storage': cinder + PROJECT,
        }
        lab_packages.serve_for_ever(directory, 'nova')

    @staticmethod
    def context(env, **options):
        """Whoever has a token is an administrator."""
        options.pop('auth_token', None)
        return context.RequestContext('admin', PROJECT, is_admin=True, auth_token=CINDER_TOKEN,
                                      roles=['reader', 'member', 'admin'], **options)


result = Lab().run()
for _, error in result.errors + result.failures:
    print(error)
sys.exit(1)
