package interlock.openstack.action;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeMigrateTest extends CloudActionFixture {
    @Test
    void anAttachedVolumeIsMovedOnlyWhileItsInstanceRuns() throws Exception {
        server.on("GET /cinder/v3/p/volumes/" + ID, 200, """
                {"volume": {"id": "%s", "status": "in-use", "volume_type": "fast", "os-vol-host-attr:host": "h@b#p",
                 "attachments": [{"server_id": "%s"}]}}""".formatted(ID, ID))
                .on("GET /cinder/v3/p/types?is_public=None", 200, "{\"volume_types\": [{\"name\": \"slow\"}]}")
                .on(SERVER, instance("SHUTOFF", "", "one"));

        Result outcome = type("volume_migrate")
                .execute(told(Map.of("resource_id", ID, "migration_type", "retype", "destination_type", "slow")));

        assertThat(((Result.Failed) outcome).failure().permanent()).isTrue();
        assertThat(outcome.message()).endsWith("which is SHUTOFF; it must be ACTIVE or PAUSED");
        assertThat(List.copyOf(server.lines())).noneMatch(line -> line.startsWith("POST"));
    }
}
