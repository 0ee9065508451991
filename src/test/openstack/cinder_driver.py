"""A Cinder backend without any storage; slowed down and failing as a volume's metadata say:

  lab_seconds=2.5                        how long each step takes
  lab_fail=create, migrate or retype     the driver raises in that step
"""
import time

from cinder import exception
from cinder import interface
from cinder.volume import driver


@interface.volumedriver
class LabDriver(driver.BaseVD):
    VERSION = '1.0'
    CI_WIKI_NAME = 'none'

    @staticmethod
    def _step(volume, name):
        metadata = volume.metadata or {}
        if metadata.get('lab_fail') == name:
            raise exception.VolumeBackendAPIException(data='lab: asked to fail in %s' % name)
        time.sleep(float(metadata.get('lab_seconds', 0)))

    def do_setup(self, context):
        pass

    def check_for_setup_error(self):
        pass

    def get_volume_stats(self, refresh=False):
        return {
            'volume_backend_name': self.configuration.safe_get('volume_backend_name'), 'vendor_name': 'lab',
            'driver_version': self.VERSION, 'storage_protocol': 'iSCSI', 'total_capacity_gb': 10000,
            'free_capacity_gb': 9000, 'provisioned_capacity_gb': 1000, 'max_over_subscription_ratio': 20,
            'thin_provisioning_support': True, 'reserved_percentage': 0, 'QoS_support': False, 'multiattach': True,
        }

    def create_volume(self, volume):
        self._step(volume, 'create')

    def delete_volume(self, volume):
        pass

    def extend_volume(self, volume, new_size):
        pass

    def create_snapshot(self, snapshot):
        pass

    def delete_snapshot(self, snapshot):
        pass

    def create_volume_from_snapshot(self, volume, snapshot):
        pass

    def create_cloned_volume(self, volume, src_vref):
        pass

    def clone_image(self, context, volume, image_location, image_meta, image_service):
        return {}, True

    def ensure_export(self, context, volume):
        pass

    def create_export(self, context, volume, connector):
        pass

    def remove_export(self, context, volume):
        pass

    def initialize_connection(self, volume, connector):
        return {'driver_volume_type': 'fake', 'data': {'volume_id': volume.id, 'access_mode': 'rw'}}

    def terminate_connection(self, volume, connector, **kwargs):
        pass

    def migrate_volume(self, context, volume, host):
        self._step(volume, 'migrate')
        return True, {}

    def retype(self, context, volume, new_type, diff, host):
        """Changes it in place where it may stay in its pool; else Cinder moves it."""
        self._step(volume, 'retype')
        return host['host'] == volume.host, {}
