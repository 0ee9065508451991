package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.openstack.ScriptedCloud.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WaitingClock clock = new WaitingClock();
    private ScriptedCloud server;
    private Clouds clouds;
    private Nova nova;
    private Cinder cinder;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedCloud();
        clouds = server.clouds(clock);
        nova = new Nova(clouds.cloud("lab").endpoint(ServiceType.COMPUTE), clock);
        cinder = new Cinder(clouds.cloud("lab").endpoint(ServiceType.BLOCK_STORAGE), clock);
    }

    @AfterEach
    void stop() {
        clouds.close();
        server.close();
    }

    @Test
    void aServerIsReadAsAnAdministratorSeesIt() throws Exception {
        server.on("GET /nova/v2.1/servers/7", 200, """
                {"server": {"id": "7", "status": "ERROR", "OS-EXT-STS:task_state": null, "OS-EXT-STS:power_state": 1,
                 "OS-EXT-SRV-ATTR:host": "compute-1", "flavor": {"original_name": "m1.tiny"},
                 "fault": {"message": "No valid host was found."}}}""");

        assertThat(nova.server("7"))
                .contains(new Server("7", "ERROR", "", true, "compute-1", "m1.tiny", "No valid host was found.", 0));
        assertThat(nova.server("8")).isEmpty();
    }

    @Test
    void listsAreReadPageByPage() throws Exception {
        server.on("GET /nova/v2.1/flavors/big", 404, "")
                .on("GET /nova/v2.1/flavors/detail?is_public=None", 200, """
                        {"flavors": [{"id": "1", "name": "small"}], "flavors_links":
                          [{"rel": "next", "href": "http://not.reachable/flavors/detail?is_public=None&marker=1"}]}""")
                .on(
                        "GET /nova/v2.1/flavors/detail?is_public=None&marker=1",
                        200,
                        "{\"flavors\": [{\"id\": \"2\", \"name\": \"big\"}]}");

        assertThat(nova.flavor("big")).contains(new Flavor("2", "big"));
    }

    @Test
    void aNameMayHoldAnything() throws Exception {
        server.on("GET /nova/v2.1/flavors/two%20%2F%20four", 200, "{\"flavor\": {\"id\": \"3\", \"name\": \"x\"}}");

        assertThat(nova.flavor("two / four")).contains(new Flavor("3", "x"));
    }

    @Test
    void theSchedulerIsAskedForAHostByNull() throws Exception {
        server.on("POST /nova/v2.1/servers/7/action", Answer.of(202, "").with("x-openstack-request-id", "req-5"));

        assertThat(nova.liveMigrate("7", Optional.empty())).isEqualTo("req-5");
        nova.migrate("7", Optional.empty());
        nova.migrate("7", Optional.of("compute-2"));

        assertThat(server.requests("POST /nova/v2.1/servers/7/action"))
                .extracting(request -> request.body().toString())
                .containsExactly(
                        "{\"os-migrateLive\":{\"host\":null,\"block_migration\":\"auto\"}}",
                        "{\"migrate\":null}",
                        "{\"migrate\":{\"host\":\"compute-2\"}}");
    }

    @Test
    void theReasonOfAFaultIsThatOfTheLastSuchAction() throws Exception {
        server.on("GET /nova/v2.1/servers/7/os-instance-actions", 200, """
                {"instanceActions": [
                  {"action": "stop", "request_id": "req-1", "start_time": "2026-01-01"},
                  {"action": "stop", "request_id": "req-2", "start_time": "2026-01-02"},
                  {"action": "start", "request_id": "req-3", "start_time": "2026-01-03"}]}""")
                .on("GET /nova/v2.1/servers/7/os-instance-actions/req-2", 200, """
                {"instanceAction": {"events": [{"result": "Success"}, {"result": "Error", "details": "too bad"}]}}""")
                .on("GET /nova/v2.1/servers/7/os-instance-actions/req-3", 406, "2.84 is not supported");

        assertThat(nova.fault("7", "stop")).contains("too bad");
        assertThat(nova.fault("7", "start")).isEmpty();
        assertThat(nova.fault("7", "resize")).isEmpty();
        assertThat(server.requests("GET /nova/v2.1/servers/7/os-instance-actions/req-2")
                        .getFirst()
                        .header("Openstack-api-version"))
                .isEqualTo("compute 2.84");
    }

    @Test
    void aVolumeIsLockedWhileItMoves() throws Exception {
        server.on("POST /cinder/v3/p/volumes/4/action", 202, "").on("GET /cinder/v3/p/volumes/4", 200, """
                        {"volume": {"id": "4", "status": "in-use", "migration_status": null, "volume_type": "fast",
                         "os-vol-host-attr:host": "h@b#p", "attachments": [{"server_id": "7"}]}}""");

        cinder.migrate("4", "h@c#p");

        assertThat(server.requests("POST /cinder/v3/p/volumes/4/action")
                        .getFirst()
                        .body())
                .isEqualTo(JSON.readTree("""
                        {"os-migrate_volume": {"host": "h@c#p", "force_host_copy": false, "lock_volume": true}}"""));
        assertThat(cinder.volume("4")).contains(new Volume("4", "in-use", "", "h@b#p", "fast", List.of("7")));
    }
}
