package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.App;
import interlock.Config;
import interlock.applier.Applier;
import interlock.model.Capacities;
import interlock.neo4j.Neo4jServer;
import interlock.openstack.CloudDocuments;
import interlock.plugin.Plugins;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that come with the service, on the simulated cloud that comes with it: the whole product, without its waits. */
class ExamplesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectNode topology = topology();

    @TempDir
    Path directory;

    private App app;

    private static ObjectNode topology() {
        try {
            ObjectNode topology = (ObjectNode) YAML.readTree(Simulator.builtIn());
            topology.remove("durations");
            topology.withArray("/instances").forEach(instance -> ((ObjectNode) instance).remove("failures"));
            topology.withArray("/volumes").forEach(volume -> ((ObjectNode) volume).remove("failures"));
            return topology;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void emptyDatabase() {
        Neo4jServer.emptied();
    }

    @AfterEach
    void close() {
        app.close();
        http.close();
    }

    private void start() throws IOException {
        Path file = Files.writeString(directory.resolve("topology.yaml"), YAML.writeValueAsString(topology));
        app = App.start(new Config(
                new Config.Web("127.0.0.1", 0),
                Optional.of(new Config.Server(Neo4jServer.settings(), PATIENCE)),
                new Config.Embedded(directory.resolve("data"), 0, 0),
                Optional.of(new Applier.Limits(64, Duration.ofSeconds(30))),
                Capacities.DEFAULT,
                CloudDocuments.NONE,
                Optional.of(new Config.Simulation(Optional.of(file))),
                Map.of(),
                Plugins.Settings.NONE,
                Config.USUAL_EXPIRY,
                false));
    }

    /** {@return the path of a plan that has been started} */
    private String begin(String example) throws Exception {
        String document;
        try (InputStream in = App.class.getResourceAsStream("/examples/" + example)) {
            document = JSON.writeValueAsString(YAML.readTree(in));
        }
        JsonNode created = send("POST", "/v1/action_plans", document);
        assertThat(created.path("uuid").asText()).as(created.toString()).isNotEmpty();
        String path = "/v1/action_plans/" + created.path("uuid").asText();
        send("POST", path + "/start", "");
        return path;
    }

    private JsonNode awaitEnd(String path) {
        return await().atMost(PATIENCE).until(() -> send("GET", path, ""), plan -> plan.hasNonNull("finished_at"));
    }

    /** {@return the plan after its end} */
    private JsonNode run(String example) throws Exception {
        start();
        return awaitEnd(begin(example));
    }

    private void awaitMigrations(int underWay) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            List<String> states = cloud().path("migrations").findValuesAsText("status");
            return states.stream().filter("running"::equals).count() == underWay;
        });
    }

    private JsonNode send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(app.uri().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private List<JsonNode> actions(JsonNode plan) throws Exception {
        List<JsonNode> actions = new ArrayList<>();
        send(
                        "GET",
                        "/v1/actions/detail?limit=1000&action_plan_uuid="
                                + plan.path("uuid").asText(),
                        "")
                .path("actions")
                .forEach(actions::add);
        return actions;
    }

    private Map<String, String> states(JsonNode plan) throws Exception {
        return actions(plan).stream()
                .collect(Collectors.toMap(
                        action -> action.path("id").asText(),
                        action -> action.path("state").asText()));
    }

    private void fails(String list, String name, String failures) throws IOException {
        for (JsonNode thing : topology.path(list)) {
            if (thing.path("name").asText().equals(name)) {
                ((ObjectNode) thing).set("failures", YAML.readTree(failures));
            }
        }
    }

    private JsonNode cloud() throws IOException {
        return JSON.readTree(directory.resolve("data/simulation.json").toFile());
    }

    private List<String> flavorsOfWeb() throws IOException {
        List<String> flavors = new ArrayList<>();
        for (JsonNode instance : cloud().path("instances")) {
            if (instance.path("name").asText().matches("web-[1-8]")) {
                flavors.add(instance.path("flavor").asText());
            }
        }
        return flavors;
    }

    private List<String> on(String host) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode instance : cloud().path("instances")) {
            if (instance.path("host").asText().startsWith(host)) {
                names.add(instance.path("name").asText());
            }
        }
        return names;
    }

    private static String state(JsonNode plan) {
        return plan.path("state").asText();
    }

    @Test
    void aHostIsDrainedAndPoweredOff() throws Exception {
        JsonNode plan = run("drain-host.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(on("r1-h1")).isEmpty();
        assertThat(cloud().at("/machines/r1-h1/on").asBoolean()).isFalse();
        assertThat(cloud().at("/machines/r1-h1/enabled").asBoolean()).isFalse();
    }

    @Test
    void anInstanceThatCannotBeMovedLiveIsMovedCold() throws Exception {
        fails("instances", "db-1", "{live_migration: 1}");
        fails("instances", "web-2", "{live_migration: {times: 1}}");

        JsonNode plan = run("drain-host.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(states(plan))
                .containsEntry("move db-1", "FAILED")
                .containsEntry("move db-1 (another host)", "FAILED")
                .containsEntry("move db-1 (cold)", "SUCCEEDED")
                .containsEntry("move web-2", "SUCCEEDED")
                .containsEntry("power off r1-h1", "SUCCEEDED");
        assertThat(on("r1-h1")).isEmpty();
    }

    @Test
    void aHostThatCannotBeEmptiedIsGivenBack() throws Exception {
        fails("instances", "db-1", "{live_migration: {error: true}}");

        JsonNode plan = run("drain-host.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("FAILED");
        assertThat(plan.path("status_message").asText())
                .startsWith("Gave up on ")
                .endsWith("Alternative path 'give r1-h1 back' has undone it.");
        assertThat(states(plan))
                .containsEntry("give r1-h1 back", "SUCCEEDED")
                .containsEntry("power off r1-h1", "SKIPPED");
        assertThat(cloud().at("/machines/r1-h1/enabled").asBoolean()).isTrue();
        assertThat(on("r1-h1")).containsExactly("db-1");
    }

    @Test
    void aRackIsDrainedTwoHostsAtATime() throws Exception {
        JsonNode plan = run("drain-rack-by-twos.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(on("r1-")).isEmpty();
        for (String host : List.of("r1-h1", "r1-h2", "r1-h3", "r1-h4")) {
            assertThat(cloud().at("/machines/%s/on".formatted(host)).asBoolean())
                    .isFalse();
        }
        assertThat(mostHostsAtOnce(actions(plan))).isBetween(1, 2);
    }

    /** From how many hosts instances were leaving at the same moment, at most. */
    private static int mostHostsAtOnce(List<JsonNode> actions) {
        List<JsonNode> moves = actions.stream()
                .filter(action ->
                        action.path("action_type").asText().equals("migrate") && action.hasNonNull("started_at"))
                .toList();
        return moves.stream()
                .map(begun -> Instant.parse(begun.path("started_at").asText()))
                .mapToInt(moment -> moves.stream()
                        .filter(move -> !moment.isBefore(
                                        Instant.parse(move.path("started_at").asText()))
                                && moment.isBefore(
                                        Instant.parse(move.path("finished_at").asText())))
                        .map(move -> move.at("/input_parameters/source_node").asText())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .size())
                .max()
                .orElse(0);
    }

    @Test
    void aFleetIsResized() throws Exception {
        JsonNode plan = run("resize-fleet.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(flavorsOfWeb()).hasSize(8).containsOnly("medium");
    }

    @Test
    void aFleetThatCannotBeResizedAsAWholeIsAsItWas() throws Exception {
        fails("instances", "web-6", "{resize: {error: true, message: the image is gone}}");

        JsonNode plan = run("resize-fleet.yaml");

        assertThat(state(plan)).isEqualTo("FAILED");
        assertThat(plan.path("status_message").asText()).contains("resize web-6");
        assertThat(flavorsOfWeb()).hasSize(8).containsOnly("small");
        assertThat(actions(plan).stream()
                        .filter(action -> action.path("action_type").asText().equals("resize")
                                && action.path("id").asText().startsWith("revert")
                                && action.path("state").asText().equals("SUCCEEDED")))
                .isNotEmpty();
    }

    @Test
    void aPoolIsEmptied() throws Exception {
        JsonNode plan = run("empty-pool.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(cloud().path("volumes").findValuesAsText("pool")).doesNotContain("block-1@ssd#ssd");
    }

    @Test
    void aVolumeThatCannotBeMigratedGetsATypeThatMovesIt() throws Exception {
        fails("volumes", "db-3-data", "{volume_migration: 1}");

        JsonNode plan = run("empty-pool.yaml");

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(states(plan))
                .containsEntry("move db-3-data", "FAILED")
                .containsEntry("move db-3-data (retype)", "SUCCEEDED");
        assertThat(cloud().path("volumes").findValuesAsText("pool")).doesNotContain("block-1@ssd#ssd");
        assertThat(cloud().path("volumes").findValuesAsText("type")).contains("fast-2");
    }

    @Test
    void aServiceThatComesBackFollowsTheMovesThatItHadBegun() throws Exception {
        topology.putObject("durations").put("live_migration", "4s");
        start();
        String path = begin("drain-host.yaml");
        awaitMigrations(2);
        app.close();
        start();

        JsonNode plan = awaitEnd(path);

        assertThat(state(plan)).as(plan.toString()).isEqualTo("SUCCEEDED");
        assertThat(cloud().path("migrations").findValuesAsText("server"))
                .hasSize(5)
                .doesNotHaveDuplicates();
        assertThat(on("r1-h1")).isEmpty();
    }

    @Test
    void aPlanThatIsCancelledAbortsItsLiveMigrations() throws Exception {
        topology.putObject("durations").put("live_migration", "1h");
        start();
        String path = begin("drain-host.yaml");
        awaitMigrations(2);

        send("POST", path + "/cancel", "");
        JsonNode plan = awaitEnd(path);

        assertThat(state(plan)).as(plan.toString()).isEqualTo("CANCELLED");
        assertThat(cloud().path("migrations").findValuesAsText("status")).containsExactly("cancelled", "cancelled");
        assertThat(on("r1-h1")).hasSize(5);
    }

    @Test
    void itIsNamedASimulationWhereverItShows() throws Exception {
        start();

        assertThat(send("GET", "/", "").path("description").asText()).contains("works on a simulation");
        assertThat(send("GET", "/v1/action_types", "").path("action_types"))
                .filteredOn(type -> type.path("name").asText().equals("migrate"))
                .singleElement()
                .asString()
                .contains("Simulated: no real cloud is changed.");
    }
}
