package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.applier.reference.Promises;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.control.PlanControl.Change;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.Neo4jPlanGraph;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;

/** A service that is killed, and started again on what it left behind, over and over. */
final class RestartedService implements AutoCloseable {
    /** Only a broken build takes this long. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Path folder;
    private final Optional<URI> server;
    private int starts;
    private ServiceProcess process;
    private Driver driver;

    private RestartedService(Path folder, Optional<URI> server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts one whose database dies with it. */
    static RestartedService embedded(Path folder) throws IOException {
        return new RestartedService(folder, Optional.empty()).start();
    }

    /** Starts one whose database lives on. */
    static RestartedService on(URI server, Path folder) throws IOException {
        return new RestartedService(folder, Optional.of(server)).start();
    }

    private RestartedService start() throws IOException {
        List<String> options = new ArrayList<>(List.of("--lease=" + LEASE));
        if (server.isPresent()) {
            options.add("--neo4j-uri=" + server.get());
        } else {
            options.addAll(List.of("--data=" + folder.resolve("data"), "--bolt-port=0", "--browser-port=0"));
        }
        process = ServiceProcess.start(folder.resolve("log-" + ++starts), options.toArray(String[]::new));
        driver = GraphDatabase.driver(uri(), server.isPresent() ? AuthTokens.none() : process.login());
        return this;
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.kill();
        close();
    }

    /** Starts it again, after a {@link #kill}. Nobody waits for the lease of the dead. */
    void restart() throws IOException {
        if (server.isPresent()) {
            try (Graph graph = graph()) {
                String host = InetAddress.getLocalHost().getHostName();
                new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member(host, 0, 1, LEASE), Runnable::run)
                        .expireTheDead(_ -> false);
            }
        }
        start();
    }

    /** {@return a connection to its database} An embedded one must be running. */
    Graph graph() {
        return new Graph(
                server.isPresent()
                        ? new Graph.Settings(uri(), "", "", "")
                        : new Graph.Settings(uri(), "neo4j", process.password(), ""));
    }

    private URI uri() {
        return server.orElseGet(() -> process.boltUri());
    }

    /** {@return the uuid of a plan that is being applied} */
    String apply(Document document) throws IOException, InterruptedException {
        String plan = process.post("/v1/action_plans", document.toString())
                .path("uuid")
                .asText();
        tell(plan, "start");
        return plan;
    }

    /** Sends a command of a person for a plan: {@code pause}, {@code resume}. */
    void tell(String plan, String deed) throws IOException, InterruptedException {
        process.post("/v1/action_plans/" + plan + "/" + deed, "");
    }

    /** {@return what the API tells of a plan} */
    JsonNode plan(String plan) throws IOException, InterruptedException {
        return process.get("/v1/action_plans/" + plan);
    }

    boolean hasEnded(String plan) throws IOException, InterruptedException {
        return ENDS.contains(plan(plan).path("state").asText());
    }

    /** Everything in its database must be in order. */
    void check() {
        Promises.check(cypher -> rows(cypher, Map.of()));
    }

    /** {@return what a plan came to} Waits until it has ended. */
    Ending ending(String plan, World world) {
        Awaitility.await().atMost(PATIENCE).until(() -> hasEnded(plan));
        Record row = rows("""
                MATCH (p:ActionPlan {uuid: $plan}) RETURN p.state AS state, p.statusMessage AS message
                """, Map.of("plan", plan)).getFirst();
        return new Ending(
                row.get("state").asString(), row.get("message").asString(""), actions(plan), paths(plan), world.done());
    }

    /** {@return what a plan comes to when nobody kills anything} The world forgets it. */
    Ending undisturbed(Document document, World world) throws IOException, InterruptedException {
        Ending ending = ending(apply(document), world);
        world.forget();
        return ending;
    }

    /** Cancels a plan, as another service on the same database does. */
    void cancel(String plan) {
        try (Graph graph = graph()) {
            assertThat(new PlanControl(graph).cancel(UUID.fromString(plan), OptionalLong.empty()))
                    .isInstanceOf(Change.Done.class);
        }
    }

    void awaitState(String plan, String action, String state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> actions(plan).getOrDefault(action, "").equals(state));
    }

    /** Waits until a path of a plan is being applied. */
    void awaitOngoing(String path, String plan) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> paths(plan).getOrDefault(path, "").startsWith("ONGOING"));
    }

    /** {@return the states of a plan's actions, by their ids} */
    Map<String, String> actions(String plan) {
        return states("MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(a) RETURN a.id AS name, a.state AS state", plan);
    }

    /** {@return the states of a plan's paths, and for what they stood in, by their names} */
    Map<String, String> paths(String plan) {
        return states("""
                MATCH (path:AlternativePath {planUuid: $plan})
                OPTIONAL MATCH (path)-[:ACTIVATED_BY]->(failed)
                RETURN path.name AS name, path.state + coalesce(' for ' + failed.id, '') AS state
                """, plan);
    }

    private Map<String, String> states(String cypher, String plan) {
        Map<String, String> states = new TreeMap<>();
        rows(cypher, Map.of("plan", plan))
                .forEach(row ->
                        states.put(row.get("name").asString(), row.get("state").asString()));
        return states;
    }

    /** {@return how the attempts of an action ended, in order} */
    List<String> attempts(String plan, String action) {
        return rows("""
                MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->({id: $action})-[:ATTEMPTED]->(t)
                RETURN t.outcome AS outcome ORDER BY t.number
                """, Map.of("plan", plan, "action", action)).stream()
                .map(row -> row.get("outcome").asString())
                .toList();
    }

    private List<Record> rows(String cypher, Map<String, Object> parameters) {
        return driver.executableQuery(cypher)
                .withParameters(parameters)
                .execute()
                .records();
    }

    @Override
    public void close() {
        driver.close();
        process.close();
    }
}
