package interlock.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.simulator.CloudState.Event;
import interlock.simulator.CloudState.Instance;
import interlock.simulator.CloudState.Work;
import interlock.simulator.Topology.Failing;
import interlock.simulator.Topology.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated cloud. It has no thread: each request first finishes the operations that are due. Each change is written
 * to a file before it is answered, so that the cloud survives a restart of the service.
 */
final class SimulatedCloud {
    private static final Logger log = LoggerFactory.getLogger(SimulatedCloud.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topology topology;
    private final Path file;
    private final InstantSource clock;

    /** Guarded by this, with everything in it. */
    private final CloudState state;

    /** Guarded by this. */
    private boolean changed;

    /**
     * Restores the cloud from its file, or starts a new one if there is no file or its topology differs.
     *
     * @param recognised the fingerprint of the topology
     * @param file stores the cloud
     */
    SimulatedCloud(Topology topology, String recognised, Path file, InstantSource clock) {
        this.topology = topology;
        this.file = file;
        this.clock = clock;
        Optional<CloudState> kept = read(file);
        kept.filter(it -> !recognised.equals(it.topology()))
                .ifPresent(_ -> log.warn(
                        "the simulated cloud in {} has another topology; starting from the initial state", file));
        state = kept.filter(it -> recognised.equals(it.topology()))
                .orElseGet(() -> CloudState.of(topology, recognised));
        changed = true;
    }

    private static Optional<CloudState> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), CloudState.class)) : Optional.empty();
        } catch (JsonProcessingException _) {
            log.warn("{} does not contain a simulated cloud; starting from the initial state", file);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Evaluates a question on the current state. Everything else here is called from within a question only.
     *
     * @return its answer
     */
    synchronized <T> T ask(Supplier<T> question) {
        catchUp();
        try {
            return question.get();
        } finally {
            save();
        }
    }

    Topology topology() {
        return topology;
    }

    CloudState state() {
        return state;
    }

    long now() {
        return clock.millis();
    }

    /** Marks the state as changed. */
    void touch() {
        changed = true;
    }

    private void catchUp() {
        long now = now();
        state.work().values().stream()
                .filter(work -> work.ends() <= now)
                .sorted(Comparator.comparingLong(Work::ends))
                .toList()
                .forEach(work -> {
                    state.work().remove(work.thing());
                    new OperationOutcomes(state).end(work);
                    touch();
                    log.info(
                            "simulation: {} of {} {}",
                            work.operation().words(),
                            name(work.thing()),
                            work.failure().isEmpty() ? "is done" : "failed: " + work.failure());
                });
    }

    private void save() {
        if (!changed) {
            return;
        }
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Path next = file.resolveSibling(file.getFileName() + ".new");
            JSON.writeValue(next.toFile(), state);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            changed = false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the simulated cloud to " + file, e);
        }
    }

    /** {@return the name of a thing in messages} */
    String name(String thing) {
        return Optional.ofNullable(state.instances().get(thing))
                .map(Instance::name)
                .or(() -> Optional.ofNullable(state.volumes().get(thing)).map(CloudState.Volume::name))
                .orElse(thing);
    }

    /** {@return a new request id, recognisable as a simulated one} */
    String request() {
        touch();
        return "req-simulation-" + state.count("requests");
    }

    /** {@return the id of a request for an instance action} */
    String event(String server, String action, String error) {
        String request = request();
        state.events().add(new Event(server, action, request, now(), error));
        return request;
    }

    /** Starts an operation, whose duration and outcome are drawn at random. */
    void begin(Operation operation, String thing, String where, String what, String request) {
        String once = "%s %s".formatted(operation.word(), thing);
        SplittableRandom chance = new SplittableRandom(topology.seed() * 31
                + "%s %d".formatted(once, state.count(once)).hashCode());
        Duration takes =
                topology.durations().getOrDefault(operation, Span.NOTHING).pick(chance.nextDouble());
        Failing failing = topology.failing(operation, thing);
        boolean fails = chance.nextDouble() < failing.rate()
                && state.counts().getOrDefault(once + " failed", 0) < failing.times();
        if (fails) {
            state.count(once + " failed");
        }
        long now = now();
        state.work()
                .put(
                        thing,
                        new Work(
                                operation,
                                thing,
                                where,
                                what,
                                request,
                                now,
                                now + takes.toMillis(),
                                fails ? failing.message() : "",
                                fails && failing.error()));
        touch();
        log.info(
                "simulation: {} of {}{} takes {} s ({})",
                operation.words(),
                name(thing),
                where.isEmpty() ? "" : " to " + where,
                takes.toMillis() / 1000.0,
                request);
    }

    /** {@return the host's processors that are neither used nor reserved} */
    int free(Topology.Host host) {
        int taken = state.instances().values().stream()
                .filter(instance -> instance.host().equals(host.name()))
                .mapToInt(instance -> topology.flavor(instance.flavor()).vcpus())
                .sum();
        int coming = state.work().values().stream()
                .filter(work -> work.where().equals(host.name()))
                .mapToInt(work -> topology.flavor(flavorOf(work)).vcpus())
                .sum();
        return host.vcpus() - taken - coming;
    }

    private String flavorOf(Work work) {
        if (work.operation() == Operation.RESIZE) {
            return work.what();
        }
        Map<String, Instance> instances = state.instances();
        return java.util.Objects.requireNonNull(instances.get(work.thing())).flavor();
    }
}
