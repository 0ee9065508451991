package interlock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.App;
import interlock.Config;
import interlock.applier.Applier;
import interlock.model.Capacities;
import interlock.neo4j.database.EmbeddedNeo4j;
import interlock.neo4j.database.Graph;
import interlock.openstack.CloudDocuments;
import interlock.plugin.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;

/**
 * The service itself, with its embedded database, for all tests of this JVM: {@code @ExtendWith(RunningService.Shared)}
 * hands it to whoever has a parameter of this type. Every answer that it gives is held against the API's description.
 */
public final class RunningService implements AutoCloseable {
    /** Only a broken build takes this long. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Applier.Limits LIMITS = new Applier.Limits(64, Duration.ofSeconds(30));

    private final Path data;
    private final App app;
    private final Graph.Settings database;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Driver driver;
    private final Contract contract;

    /** Starts it on free ports, in a new directory. */
    public RunningService() {
        this(true);
    }

    /** Starts it with an applier, or without: then plans stay as they are. */
    public RunningService(boolean applier) {
        this(
                newDirectory(),
                new Config.Web("127.0.0.1", 0),
                Optional.empty(),
                applier ? Optional.of(LIMITS) : Optional.empty(),
                Optional.empty(),
                Config.USUAL_EXPIRY);
    }

    /** Starts it on the data of an earlier one, in which recommended plans do not expire. */
    public RunningService(Path data) {
        this(
                data,
                new Config.Web("127.0.0.1", 0),
                Optional.empty(),
                Optional.of(LIMITS),
                Optional.empty(),
                Duration.ZERO);
    }

    private RunningService(
            Path data,
            Config.Web web,
            Optional<Graph.Settings> server,
            Optional<Applier.Limits> applier,
            Optional<Config.Simulation> simulation,
            Duration expiry) {
        this.data = data;
        app = started(new Config(
                web,
                server.map(settings -> new Config.Server(settings, PATIENCE)),
                new Config.Embedded(data, 0, 0),
                applier,
                Capacities.DEFAULT,
                CloudDocuments.NONE,
                simulation,
                Map.of(),
                Plugins.Settings.NONE,
                expiry,
                false));
        database = server.orElseGet(() -> settings(app.embedded().orElseThrow()));
        driver = GraphDatabase.driver(database.uri(), AuthTokens.basic(database.user(), database.password()));
        contract = new Contract(get("/openapi.json").body());
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("interlock");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Graph.Settings settings(EmbeddedNeo4j neo4j) {
        return new Graph.Settings(neo4j.boltUri(), neo4j.user(), neo4j.password(), "");
    }

    /** Starts another service on the same database, without Watcher's API; this one applies its plans. */
    public RunningService withoutWatcherApi() {
        return new RunningService(
                newDirectory(),
                new Config.Web("127.0.0.1", 0, List.of(), false),
                Optional.of(database),
                Optional.empty(),
                Optional.empty(),
                Config.USUAL_EXPIRY);
    }

    /** Starts a service on a simulated cloud. */
    public static RunningService simulating(Path topology) {
        return new RunningService(
                newDirectory(),
                new Config.Web("127.0.0.1", 0),
                Optional.empty(),
                Optional.of(LIMITS),
                Optional.of(new Config.Simulation(Optional.of(topology))),
                Config.USUAL_EXPIRY);
    }

    /** On any port but one that ends in 1: Debian's version of Watcher's client takes the 1 for that of {@code /v1}. */
    private static App started(Config config) {
        App app = App.start(config);
        while (app.uri().getPort() % 10 == 1) {
            app.close();
            app = App.start(config);
        }
        return app;
    }

    public App app() {
        return app;
    }

    /** {@return where it is to be reached} */
    public URI uri() {
        return app.uri();
    }

    /** {@return where Neo4j Browser is served, with its database} */
    public URI neo4jBrowser() {
        return app.embedded().orElseThrow().browserUri();
    }

    /** {@return what one pastes into Neo4j Browser} */
    public String neo4jPassword() {
        return app.embedded().orElseThrow().password();
    }

    /** {@return how another service connects to its database} */
    public Graph.Settings database() {
        return database;
    }

    /** {@return a connection to its database} */
    public Driver driver() {
        return driver;
    }

    /** {@return what its routes are} */
    public Set<String> routes() {
        return app.web().routes();
    }

    public Contract contract() {
        return contract;
    }

    /** Closes its database, as if it had gone. */
    public void loseDatabase() {
        app.embedded().orElseThrow().close();
    }

    /** Stops it, and leaves its clients as they are. */
    public void closeApp() {
        app.close();
    }

    /** {@return the answer to a GET} Headers are names and values in turn. */
    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** {@return the answer to a POST of JSON} */
    public Answer post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), headers);
    }

    /** {@return the answer to a PATCH of JSON} */
    public Answer patch(String path, String body, String... headers) {
        return send("PATCH", path, BodyPublishers.ofString(body), headers);
    }

    /** {@return the answer to a DELETE} */
    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    /** {@return the answer} */
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpResponse<String> response = exchange(method, path, body, BodyHandlers.ofString(), headers);
        Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
        if (contract != null && !method.equals("HEAD")) {
            contract.check(method, path, answer);
        }
        return answer;
    }

    public <T> HttpResponse<T> exchange(
            String method, String path, BodyPublisher body, BodyHandler<T> handler, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri().resolve(path)).timeout(PATIENCE).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body.contentLength() != 0 && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@return the uuid of a new plan} */
    public UUID create(String document) {
        Answer answer = post("/v1/action_plans", document);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(answer.json().path("uuid").asText());
    }

    /** {@return the plan as it is} */
    public JsonNode plan(UUID uuid) {
        return get("/v1/action_plans/" + uuid).json();
    }

    /** Starts a plan. */
    public void start(UUID uuid) {
        Answer answer = post("/v1/action_plans/%s/start".formatted(uuid), "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** {@return the plan after its end} Whoever looks at its actions then sees them as they are at its end, too. */
    public JsonNode awaitEnd(UUID uuid) {
        JsonNode ended = await().atMost(PATIENCE).until(() -> plan(uuid), plan -> plan.hasNonNull("finished_at"));
        passGate();
        return ended;
    }

    /** Waits until the changes can be seen whole of which something was seen. */
    private void passGate() {
        query("MATCH (gate:Gate) SET gate.turn = gate.turn", Map.of());
    }

    /** {@return the plan after its start and its end} */
    public JsonNode run(UUID uuid) {
        start(uuid);
        return awaitEnd(uuid);
    }

    /** {@return the rows of any statement} */
    public List<Record> query(String cypher, Map<String, Object> parameters) {
        try (var session = driver.session()) {
            return session.executeWrite(tx -> tx.run(cypher, parameters).list());
        }
    }

    /** {@return how many nodes there are} */
    public long nodes() {
        return query("MATCH (node) RETURN count(node) AS nodes", Map.of())
                .getFirst()
                .get("nodes")
                .asLong();
    }

    @Override
    public void close() throws IOException {
        http.close();
        driver.close();
        app.close();
        try (var files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** Starts one service for all, and closes it after the last test of this JVM: Surefire hands it class after class, as one run each. */
    public static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningService.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(RunningService.class))
                    .getOrComputeIfAbsent(RunningService.class);
        }
    }
}
