package interlock.openstack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.fault.ServiceProcess;
import interlock.neo4j.Neo4jServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The whole service, in a process of its own, with the lab as its cloud; driven by REST. */
final class LabService implements AutoCloseable {
    private static final String ENDS = "SUCCEEDED|FAILED|CANCELLED";

    private final Path folder;
    private final Path configuration;
    private int starts;
    private ServiceProcess process;

    /** Starts it with this configuration. */
    LabService(Path folder, JsonNode configuration) throws IOException {
        this.folder = folder;
        this.configuration = Files.writeString(folder.resolve("interlock.yaml"), configuration.toString());
        Neo4jServer.emptied();
        process = start();
    }

    private ServiceProcess start() throws IOException {
        return ServiceProcess.start(
                folder.resolve("log-" + ++starts),
                Map.of("OS_CLOUD", "lab"),
                "--config=" + configuration,
                "--neo4j-uri=" + Neo4jServer.settings().uri(),
                "--lease=15s");
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.kill();
        process.close();
    }

    /** Starts it again on what a killed one left behind. */
    void restart() throws IOException {
        process = start();
    }

    /** {@return the uuid of a plan that is being applied} */
    String apply(Object document) throws Exception {
        String plan = process.post("/v1/action_plans", document.toString())
                .path("uuid")
                .asText();
        tell(plan, "start");
        return plan;
    }

    /** Sends a command of a person for a plan: {@code cancel}. */
    void tell(String plan, String deed) throws Exception {
        process.post("/v1/action_plans/%s/%s".formatted(plan, deed), "");
    }

    /** {@return the plan after its end} */
    JsonNode awaitEnd(String plan) {
        return await().atMost(LabCloud.PATIENCE.plus(Duration.ofMinutes(1)))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> process.get("/v1/action_plans/" + plan),
                        it -> it.path("state").asText().matches(ENDS));
    }

    /** {@return the uuid of a plan that has ended} */
    String run(Object document) throws Exception {
        String plan = apply(document);
        awaitEnd(plan);
        return plan;
    }

    String state(String plan) throws Exception {
        return process.get("/v1/action_plans/" + plan).path("state").asText();
    }

    /** {@return a plan's actions, by their ids} Those of alternative paths, too. */
    Map<String, JsonNode> actions(String plan) throws Exception {
        return StreamSupport.stream(
                        process.get("/v1/actions/detail?action_plan_uuid=" + plan)
                                .path("actions")
                                .spliterator(),
                        false)
                .collect(Collectors.toMap(
                        action -> action.path("id").asText(), action -> action, (one, _) -> one, TreeMap::new));
    }

    JsonNode action(String plan, String id) throws Exception {
        return actions(plan).get(id);
    }

    /** {@return an action's attempts} */
    JsonNode attempts(String plan, String id) throws Exception {
        String uuid = action(plan, id).path("uuid").asText();
        return process.get("/v1/actions/%s/attempts".formatted(uuid)).path("attempts");
    }

    /** {@return the states of a plan's actions, by their ids} */
    Map<String, String> states(String plan) throws Exception {
        Map<String, String> states = new TreeMap<>();
        actions(plan)
                .forEach((id, action) -> states.put(id, action.path("state").asText()));
        return states;
    }

    /** {@return what is said of a plan's actions, by their ids} */
    Map<String, String> messages(String plan) throws Exception {
        Map<String, String> messages = new TreeMap<>();
        actions(plan)
                .forEach((id, action) ->
                        messages.put(id, action.path("status_message").asText()));
        return messages;
    }

    @Override
    public void close() {
        process.close();
    }
}
