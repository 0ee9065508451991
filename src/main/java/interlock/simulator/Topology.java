package interlock.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The initial contents of a simulated cloud and its behaviour.
 *
 * @param seed the seed of the random numbers
 * @param durations how long operations take; others take no time
 * @param failures how operations fail, on any thing; others do not fail
 * @param hosts the hosts, in order
 * @param flavors the flavors, in order
 * @param instances the instances, in order
 * @param pools the names of the pools
 * @param types the volume types, in order
 * @param volumes the volumes, in order
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

    /** A compute host and its machine. */
    record Host(String name, String rack, int vcpus) {}

    /** A flavor; memory in MiB, disk in GiB. */
    record Flavor(String name, int vcpus, int ram, int disk) {}

    record Instance(String uuid, String name, String host, String flavor, String status) {}

    /** A volume type, and the pools that its volumes may be in. */
    record VolumeType(String name, List<String> pools) {}

    /** A volume; {@code attachedTo} is empty if it is not attached. */
    record Volume(String uuid, String name, String pool, String type, String attachedTo) {}

    /** A duration between {@code mean - spread} and {@code mean + spread}. */
    record Span(Duration mean, Duration spread) {
        static final Span NOTHING = new Span(Duration.ZERO, Duration.ZERO);

        /** {@return the duration for a random number from 0 to 1} */
        Duration pick(double chance) {
            return mean.plusMillis(Math.round((2 * chance - 1) * (double) spread.toMillis()));
        }
    }

    /**
     * How an operation fails.
     *
     * @param rate the share of operations that fail, from 0 to 1
     * @param times the greatest number of failures
     * @param error whether a failure leaves the thing in an error state
     * @param message the cloud's error message
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
