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
 * A cloud that is only told of. It has no thread: whenever somebody looks at it, whatever has come to its end by then is
 * ended. Each change is in its file before it is answered, so that it goes on while the service is away, as a cloud does.
 */
final class SimulatedCloud {
    private static final Logger log = LoggerFactory.getLogger(SimulatedCloud.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topology topology;
    private final Path file;
    private final InstantSource clock;

    /** Guarded by this, as everything in it. */
    private final CloudState state;

    /** Guarded by this. */
    private boolean changed;

    /**
     * Takes up the cloud where it was left, or begins anew if there is none, or one of another topology.
     *
     * @param recognised by what the topology is recognised
     * @param file where the cloud is kept
     */
    SimulatedCloud(Topology topology, String recognised, Path file, InstantSource clock) {
        this.topology = topology;
        this.file = file;
        this.clock = clock;
        Optional<CloudState> kept = read(file);
        kept.filter(it -> !recognised.equals(it.topology()))
                .ifPresent(_ -> log.warn("the simulated cloud in {} is of another topology; it begins anew", file));
        state = kept.filter(it -> recognised.equals(it.topology()))
                .orElseGet(() -> CloudState.of(topology, recognised));
        changed = true;
    }

    private static Optional<CloudState> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), CloudState.class)) : Optional.empty();
        } catch (JsonProcessingException _) {
            log.warn("{} is no simulated cloud; it begins anew", file);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what the cloud answers, as it is now} Everything else here is called from within the question only. */
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

    /** Notes that something in the state is not as it was. */
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
            throw new UncheckedIOException("cannot keep the simulated cloud in " + file, e);
        }
    }

    /** {@return what people call a thing} */
    String name(String thing) {
        return Optional.ofNullable(state.instances().get(thing))
                .map(Instance::name)
                .or(() -> Optional.ofNullable(state.volumes().get(thing)).map(CloudState.Volume::name))
                .orElse(thing);
    }

    /** {@return a new id of a request; it says that there is no real cloud behind it} */
    String request() {
        touch();
        return "req-simulation-" + state.count("requests");
    }

    /** {@return the id of a request that asked this of an instance} */
    String event(String server, String action, String error) {
        String request = request();
        state.events().add(new Event(server, action, request, now(), error));
        return request;
    }

    /** Begins to do something; chance has said by then how long it takes, and whether it fails. */
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

    /** {@return how many of a host's processors nobody has, or will have} */
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
