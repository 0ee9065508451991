package interlock.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a simulated cloud, as it is written to a file. Times are milliseconds since 1970.
 *
 * @param topology the fingerprint of its topology
 * @param counts the number of operations so far, by operation and thing
 * @param machines the hosts, by name
 * @param instances by uuid
 * @param volumes by uuid
 * @param migrations of instances, in the order in which they began
 * @param events the actions requested of instances, in order
 * @param work the operations under way, by the thing they work on
 */
record CloudState(
        String topology,
        Map<String, Integer> counts,
        Map<String, Machine> machines,
        Map<String, Instance> instances,
        Map<String, Volume> volumes,
        List<Migration> migrations,
        List<Event> events,
        Map<String, Work> work) {

    /** A host, as Nova and Ironic see it. */
    record Machine(String name, boolean on, String error, boolean enabled, String reason, boolean forcedDown) {
        Machine switched(boolean toOn) {
            return new Machine(name, toOn, "", enabled, reason, forcedDown);
        }

        Machine failed(String why) {
            return new Machine(name, on, why, enabled, reason, forcedDown);
        }

        Machine service(boolean isEnabled, String why, boolean isForcedDown) {
            return new Machine(name, on, error, isEnabled, why, isForcedDown);
        }

        boolean up() {
            return on && !forcedDown;
        }
    }

    /** An instance. Its status is the one before the operation under way. */
    record Instance(String uuid, String name, String host, String flavor, String status, String fault) {
        Instance is(String now) {
            return new Instance(uuid, name, host, flavor, now, "");
        }

        Instance at(String now) {
            return new Instance(uuid, name, now, flavor, status, fault);
        }

        Instance sized(String now) {
            return new Instance(uuid, name, host, now, status, fault);
        }

        Instance broken(String why) {
            return new Instance(uuid, name, host, flavor, "ERROR", why);
        }
    }

    /** A volume. Its status is the one before the operation under way. */
    record Volume(
            String uuid, String name, String pool, String type, String attachedTo, String status, String migration) {
        Volume in(String now, String its) {
            return new Volume(uuid, name, now, type, attachedTo, status, its);
        }

        Volume of(String now) {
            return new Volume(uuid, name, pool, now, attachedTo, status, migration);
        }

        Volume broken() {
            return new Volume(uuid, name, pool, type, attachedTo, "error", "error");
        }
    }

    /** A migration of an instance; {@code former} is the status that it returns to. */
    record Migration(
            long id, String server, String type, String status, String source, String destination, String former) {
        Migration is(String now) {
            return new Migration(id, server, type, now, source, destination, former);
        }
    }

    /** A requested instance action; {@code error} is empty unless the action failed. */
    record Event(String server, String action, String request, long at, String error) {
        Event failed(String why) {
            return new Event(server, action, request, at, why);
        }
    }

    /** An operation under way: its target host or pool, the value it sets, and the reason if it is going to fail. */
    record Work(
            Operation operation,
            String thing,
            String where,
            String what,
            String request,
            long begun,
            long ends,
            String failure,
            boolean breaks) {
        double progress(long now) {
            return ends <= begun ? 1 : Math.min(1, (now - begun) / (double) (ends - begun));
        }
    }

    /** {@return the initial state} */
    static CloudState of(Topology topology, String recognised) {
        CloudState state = new CloudState(
                recognised,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>());
        topology.hosts()
                .forEach(host -> state.machines.put(host.name(), new Machine(host.name(), true, "", true, "", false)));
        topology.instances()
                .forEach(it -> state.instances.put(
                        it.uuid(), new Instance(it.uuid(), it.name(), it.host(), it.flavor(), it.status(), "")));
        topology.volumes()
                .forEach(it -> state.volumes.put(
                        it.uuid(),
                        new Volume(
                                it.uuid(),
                                it.name(),
                                it.pool(),
                                it.type(),
                                it.attachedTo(),
                                it.attachedTo().isEmpty() ? "available" : "in-use",
                                "")));
        return state;
    }

    int count(String what) {
        return counts.merge(what, 1, Integer::sum);
    }

    Optional<Work> workOn(String thing) {
        return Optional.ofNullable(work.get(thing));
    }

    Optional<Migration> lastMigration(String server) {
        return migrations.stream()
                .filter(migration -> migration.server().equals(server))
                .max(Comparator.comparingLong(Migration::id));
    }

    void put(Instance instance) {
        instances.put(instance.uuid(), instance);
    }

    void put(Volume volume) {
        volumes.put(volume.uuid(), volume);
    }

    void put(Machine machine) {
        machines.put(machine.name(), machine);
    }

    void put(Migration changed) {
        migrations.replaceAll(migration -> migration.id() == changed.id() ? changed : migration);
    }

    void failed(Work ended) {
        events.replaceAll(event -> event.request().equals(ended.request()) ? event.failed(ended.failure()) : event);
    }
}
