package interlock.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a simulated cloud consists of at its beginning, and how it behaves.
 *
 * @param seed what chance begins with
 * @param durations how long operations take; one that is not named takes no time
 * @param failures how operations fail, of whatever they are done to; one that is not named does not fail
 * @param hosts the hosts, in their order
 * @param flavors the flavors, in their order
 * @param instances the instances, in their order
 * @param pools the names of the pools
 * @param types the volume types, in their order
 * @param volumes the volumes, in their order
 * @param failuresOf how operations on single things fail, by uuid, or by name for hosts
 */
record Topology(
        long seed,
        Map<Operation, Span> durations,
        Map<Operation, Failing> failures,
        List<Host> hosts,
        List<Flavor> flavors,
        List<Instance> instances,
        List<String> pools,
        List<VolumeType> types,
        List<Volume> volumes,
        Map<String, Map<Operation, Failing>> failuresOf) {
    Topology {
        durations = Map.copyOf(durations);
        failures = Map.copyOf(failures);
        hosts = List.copyOf(hosts);
        flavors = List.copyOf(flavors);
        instances = List.copyOf(instances);
        pools = List.copyOf(pools);
        types = List.copyOf(types);
        volumes = List.copyOf(volumes);
        failuresOf = Map.copyOf(failuresOf);
    }

    /** A host, and the machine that it is. */
    record Host(String name, String rack, int vcpus) {}

    /** A size of instances; memory in MiB, disk in GiB. */
    record Flavor(String name, int vcpus, int ram, int disk) {}

    /** An instance. */
    record Instance(String uuid, String name, String host, String flavor, String status) {}

    /** A type of volumes, and where those of it may be. */
    record VolumeType(String name, List<String> pools) {}

    /** A volume; it is attached to an instance, unless {@code attachedTo} is empty. */
    record Volume(String uuid, String name, String pool, String type, String attachedTo) {}

    /** A duration between {@code mean - spread} and {@code mean + spread}. */
    record Span(Duration mean, Duration spread) {
        static final Span NOTHING = new Span(Duration.ZERO, Duration.ZERO);

        /** {@return the duration that chance, from 0 to 1, picks} */
        Duration pick(double chance) {
            return mean.plusMillis(Math.round((2 * chance - 1) * (double) spread.toMillis()));
        }
    }

    /**
     * How an operation fails.
     *
     * @param rate the share that does, from 0 to 1
     * @param times how often at most
     * @param error whether what it was done to is broken by that
     * @param message what the cloud says of it
     */
    record Failing(double rate, int times, boolean error, String message) {
        static final Failing NEVER = new Failing(0, 0, false, "");
    }

    Host host(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Flavor flavor(String name) {
        return flavors.stream()
                .filter(flavor -> flavor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Failing failing(Operation operation, String thing) {
        return failuresOf
                .getOrDefault(thing, Map.of())
                .getOrDefault(operation, failures.getOrDefault(operation, Failing.NEVER));
    }
}
