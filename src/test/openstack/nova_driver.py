"""Nova's own fake hypervisor, slowed down and failing as a server's metadata say:

  lab_seconds=2.5                how long a migration or a resize takes
  lab_fail=live_migration        the hypervisor gives up: Nova rolls back, the server is ACTIVE on its source
  lab_fail=live_migration_error  the driver raises: the server is in ERROR
  lab_fail=pre_live_migration, finish_migration, power_off, spawn
                                 the driver raises in that step
"""
import time

import nova.monkey_patch  # noqa: F401, which has to come first
from nova import exception
from nova.virt import fake

USUAL_SECONDS = 0.5
MEMORY = 1 << 30


class LabDriver(fake.FakeLiveMigrateDriver):
    vcpus = 64
    memory_mb = 131072
    local_gb = 4000

    def __init__(self, virtapi, read_only=False):
        super().__init__(virtapi, read_only)
        self._moves = {}

    def get_host_uptime(self):
        return ' 12:00:00 up 1 day,  0:00,  0 users,  load average: 0, 0, 0'

    @staticmethod
    def _knob(instance, name):
        return (instance.metadata or {}).get(name)

    def _fail(self, instance, step):
        if self._knob(instance, 'lab_fail') == step:
            raise exception.InternalError('lab: asked to fail in %s' % step)

    def _seconds(self, instance):
        return float(self._knob(instance, 'lab_seconds') or USUAL_SECONDS)

    def spawn(self, context, instance, *args, **kwargs):
        self._fail(instance, 'spawn')
        return super().spawn(context, instance, *args, **kwargs)

    def power_off(self, instance, *args, **kwargs):
        self._fail(instance, 'power_off')
        return super().power_off(instance, *args, **kwargs)

    def pre_live_migration(self, context, instance, *args, **kwargs):
        self._fail(instance, 'pre_live_migration')
        return super().pre_live_migration(context, instance, *args, **kwargs)

    def finish_migration(self, context, migration, instance, *args, **kwargs):
        self._fail(instance, 'finish_migration')
        time.sleep(self._seconds(instance))
        return super().finish_migration(context, migration, instance, *args, **kwargs)

    def live_migration(self, context, instance, dest, post_method, recover_method, block_migration=False,
                       migrate_data=None):
        self._fail(instance, 'live_migration_error')
        move = self._moves[instance.uuid] = {'go': True, 'abort': False}
        begin, seconds = time.monotonic(), self._seconds(instance)
        while move['go'] and time.monotonic() < begin + seconds:
            self._tell(instance, migrate_data, min(1, (time.monotonic() - begin) / seconds))
            time.sleep(min(1, seconds / 10))
        del self._moves[instance.uuid]
        if self._knob(instance, 'lab_fail') == 'live_migration':
            recover_method(context, instance, dest, migrate_data)
        elif move['abort']:
            recover_method(context, instance, dest, migrate_data, migration_status='cancelled')
        else:
            post_method(context, instance, dest, block_migration, migrate_data)

    @staticmethod
    def _tell(instance, migrate_data, part):
        """As libvirt's driver tells how far it is."""
        migration = migrate_data.migration
        migration.memory_total = MEMORY
        migration.memory_processed = int(MEMORY * part)
        migration.memory_remaining = MEMORY - migration.memory_processed
        migration.disk_total = migration.disk_processed = migration.disk_remaining = 0
        migration.save()
        instance.progress = int(100 * part)
        instance.save()

    def live_migration_force_complete(self, instance):
        self._moves.get(instance.uuid, {})['go'] = False

    def live_migration_abort(self, instance):
        move = self._moves.get(instance.uuid, {})
        move['abort'] = True
        move['go'] = False


fake.LabDriver = LabDriver  # where Nova seeks drivers
