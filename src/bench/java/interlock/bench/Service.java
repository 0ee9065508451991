package interlock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.fault.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/**
 * A service in a process of its own, with a database of its own, so that its CPU and memory are measured apart from the
 * benchmark's.
 */
final class Service implements AutoCloseable {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(2);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private static final Statement TURNS = Statement.of("turns");

    private final Path directory;
    private final ServiceProcess process;
    private final Vitals vitals;
    private final Driver driver;

    /** Kills the service when this process is terminated from outside. */
    private final Thread orphan;

    private Service(Path directory, ServiceProcess process, URI database, AuthToken login) {
        this.directory = directory;
        this.process = process;
        this.vitals = Vitals.of(process.pid());
        this.driver = GraphDatabase.driver(database, login);
        this.orphan = new Thread(process::close);
        Runtime.getRuntime().addShutdownHook(orphan);
    }

    /** Starts a service with an embedded database, in a directory below {@code parent} that is deleted at the end. */
    static Service embedded(Path parent, ServiceProcess.Java machine, String... options) {
        return start(parent, machine, Optional.empty(), options);
    }

    /** Starts a service that uses the database of another one. */
    static Service on(Service other, Path parent, ServiceProcess.Java machine, String... options) {
        return start(parent, machine, Optional.of(other), options);
    }

    private static Service start(
            Path parent, ServiceProcess.Java machine, Optional<Service> other, String... options) {
        try {
            Files.createDirectories(parent);
            Path directory = Files.createTempDirectory(parent, "data");
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("--data=" + directory.toAbsolutePath(), "--bolt-port=0", "--browser-port=0"));
            if (other.isPresent()) {
                ServiceProcess owner = other.get().process;
                all.addAll(List.of(
                        "--neo4j-uri=" + owner.boltUri(), "--neo4j-user=neo4j", "--neo4j-password=" + owner.password()));
            }
            ServiceProcess process =
                    ServiceProcess.start(directory.resolve("log"), machine, Map.of(), all.toArray(String[]::new));
            ServiceProcess owner = other.map(it -> it.process).orElse(process);
            return new Service(directory, process, owner.boltUri(), owner.login());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Vitals vitals() {
        return vitals;
    }

    /** {@return a driver for its database} */
    Driver driver() {
        return driver;
    }

    /**
     * {@return the number of transactions of appliers and of the API that have changed plans, each of which takes the
     * gate}
     */
    long commits() {
        return TURNS.run(driver, Map.of()).getFirst().get("turns").asLong();
    }

    /** {@return the uuid of the stored plan} */
    UUID create(String document) {
        return UUID.fromString(post("/v1/action_plans", document).path("uuid").asText());
    }

    void start(UUID plan) {
        post("/v1/action_plans/%s/start".formatted(plan), "");
    }

    /**
     * Starts a plan, and waits for its end.
     *
     * @return its duration in seconds, according to its own times
     */
    double secondsOf(UUID plan) {
        start(plan);
        awaitEnd(plan);
        JsonNode ended = get("/v1/action_plans/" + plan);
        Duration took = Duration.between(time(ended.path("started_at")), time(ended.path("finished_at")));
        return took.toNanos() / 1e9;
    }

    private static Instant time(JsonNode value) {
        return OffsetDateTime.parse(value.asText()).toInstant();
    }

    /** Waits for a plan's end, polling at growing intervals, so that the delay is a few percent of the duration. */
    void awaitEnd(UUID plan) {
        long began = System.nanoTime();
        JsonNode now = get("/v1/action_plans/" + plan);
        while (!now.hasNonNull("finished_at")) {
            long wait = Math.clamp(
                    (System.nanoTime() - began) / 25, SHORTEST_WAIT.toNanos(), LONGEST_WAIT.toNanos());
            LockSupport.parkNanos(wait);
            now = get("/v1/action_plans/" + plan);
        }
        String state = now.path("state").asText();
        if (!state.equals("SUCCEEDED")) {
            throw new IllegalStateException("plan %s is %s: %s".formatted(plan, state, now.path("status_message")));
        }
    }

    JsonNode get(String path) {
        try {
            return process.get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** {@return the size of the database without its transaction logs, in bytes} */
    long storeSize() {
        try (Stream<Path> files = Files.walk(directory.resolve("databases"))) {
            return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the length of the answer to a GET, in bytes} */
    long sizeOf(String path) {
        try {
            return process.sizeOf(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** {@return the answer to a POST} */
    JsonNode post(String path, String body) {
        try {
            return process.post(path, body);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Override
    public void close() {
        driver.close();
        Runtime.getRuntime().removeShutdownHook(orphan);
        try {
            vitals.close();
            process.kill();
            process.close();
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
