package interlock.openstack;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cloud that is scripted, and a client of it whose waits take no time. */
abstract class EndpointFixture {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Call LIST = Call.get("/servers");
    static final Call STOP =
            Call.post("/servers/7/action", JSON.createObjectNode().putNull("os-stop"));
    static final String LISTED = "GET /nova/v2.1/servers";
    static final String STOPPED = "POST /nova/v2.1/servers/7/action";

    final WaitingClock clock = new WaitingClock();
    ScriptedCloud server;
    Clouds clouds;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedCloud();
        clouds = clouds(password("sesame"));
    }

    @AfterEach
    void stop() {
        clouds.close();
        server.close();
    }

    Clouds clouds(String document) throws Exception {
        return clouds(document, RetrySettings.USUAL);
    }

    Clouds clouds(String document, RetrySettings patience) throws Exception {
        JsonNode cloud = JSON.readTree(document.replace('\'', '"'));
        return new Clouds(
                new CloudDocuments(Map.of("lab", cloud), Optional.of("lab"), "in a test"),
                new Environment(clock, () -> 1, patience));
    }

    String password(String password) {
        return """
                {'auth': {'auth_url': '%s', 'username': 'ada', 'password': '%s', 'project_name': 'engine'},
                 'region_name': 'north'}""".formatted(server.url("/v3/"), password);
    }

    Reply send(Call call) throws Exception {
        return clouds.cloud(null).endpoint(ServiceType.COMPUTE).send(call, clock);
    }

    CloudException refused(Call call) {
        return catchThrowableOfType(CloudException.class, () -> send(call));
    }
}
