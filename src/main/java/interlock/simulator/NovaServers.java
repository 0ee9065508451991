package interlock.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.simulator.CloudState.Instance;
import interlock.simulator.CloudState.Machine;
import interlock.simulator.CloudState.Migration;
import interlock.simulator.CloudState.Work;
import interlock.simulator.Topology.Flavor;
import interlock.simulator.Topology.Host;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Simulates Nova's server actions: rejects them or starts them. */
record NovaServers(SimulatedCloud cloud) {
    private static final int LAST_WITH_FORCE = 67;

    /** The status of an instance during an operation. */
    record Shown(String status, String vmState, String task) {}

    Shown shown(Instance instance) {
        String atRest = instance.status();
        String vmState = switch (atRest) {
            case "SHUTOFF" -> "stopped";
            case "VERIFY_RESIZE" -> "resized";
            case "PAUSED" -> "paused";
            case "ERROR" -> "error";
            default -> "active";
        };
        Optional<Work> work = cloud.state().workOn(instance.uuid());
        if (work.isEmpty()) {
            return new Shown(atRest, vmState, "");
        }
        return switch (work.get().operation()) {
            case LIVE_MIGRATION -> new Shown("MIGRATING", vmState, "migrating");
            case COLD_MIGRATION, RESIZE -> new Shown("RESIZE", vmState, "resize_migrating");
            case STOP -> new Shown(atRest, vmState, "powering-off");
            case START -> new Shown(atRest, vmState, "powering-on");
            case CONFIRM_RESIZE, POWER, VOLUME_MIGRATION, RETYPE -> new Shown(atRest, vmState, "");
        };
    }

    Instance find(String id) {
        return Optional.ofNullable(cloud.state().instances().get(id))
                .orElseThrow(() -> Refusal.notFound("Instance %s could not be found.".formatted(id)));
    }

    /** {@return the id of the request} */
    String act(String id, JsonNode body, int minor) {
        Instance instance = find(id);
        String action = body.fieldNames().hasNext() ? body.fieldNames().next() : "";
        JsonNode parameters = body.path(action);
        return switch (action) {
            case "os-migrateLive" -> liveMigrate(instance, parameters, minor);
            case "migrate" -> moveCold(instance, action, parameters.path("host").asText(""), instance.flavor());
            case "resize" -> resize(instance, parameters.path("flavorRef").asText(""));
            case "confirmResize" -> confirm(instance);
            case "os-stop" -> power(instance, action, "stop", Operation.STOP, Set.of("active", "error"));
            case "os-start" -> power(instance, action, "start", Operation.START, Set.of("stopped"));
            default -> throw Refusal.badRequest("The simulation does not know the action '%s'.".formatted(action));
        };
    }

    private void require(Instance instance, String action, Set<String> vmStates) {
        Shown now = shown(instance);
        boolean idle = cloud.state().workOn(instance.uuid()).isEmpty();
        if (!idle || !vmStates.contains(now.vmState())) {
            String why = idle || now.task().isEmpty() ? "vm_state " + now.vmState() : "task_state " + now.task();
            throw new Refusal(409, "Cannot '%s' instance %s while it is in %s".formatted(action, instance.uuid(), why));
        }
    }

    private String liveMigrate(Instance instance, JsonNode parameters, int minor) {
        for (String needed : new String[] {"host", "block_migration"}) {
            if (!parameters.has(needed)) {
                throw Refusal.badRequest(
                        "Invalid input for field/attribute os-migrateLive. Value: %s. '%s' is a required property"
                                .formatted(parameters, needed));
            }
        }
        boolean force = parameters.path("force").asBoolean();
        if (parameters.has("force") && minor > LAST_WITH_FORCE) {
            throw Refusal.badRequest(
                    "Invalid input for field/attribute os-migrateLive. Value: %s. Additional properties are not allowed ('force' was unexpected)"
                            .formatted(parameters));
        }
        require(instance, "os-migrateLive", Set.of("active", "paused"));
        String wanted = parameters.path("host").asText("");
        Optional<Host> destination = destination(instance, wanted, instance.flavor(), force);
        String error = destination.isPresent() ? "" : "No valid host was found. There are not enough hosts available.";
        String request = cloud.event(instance.uuid(), "live-migration", error);
        String status = destination.isPresent() ? "running" : "error";
        String to = destination.map(Host::name).orElse(wanted);
        migrate(instance, "live-migration", status, to);
        destination.ifPresent(host -> cloud.begin(Operation.LIVE_MIGRATION, instance.uuid(), host.name(), "", request));
        return request;
    }

    private String resize(Instance instance, String flavor) {
        if (cloud.topology().flavors().stream().noneMatch(it -> it.name().equals(flavor))) {
            throw Refusal.badRequest("Flavor %s could not be found.".formatted(flavor));
        }
        if (instance.flavor().equals(flavor)) {
            throw Refusal.badRequest("When resizing, instances must change flavor!");
        }
        return moveCold(instance, "resize", "", flavor);
    }

    private String moveCold(Instance instance, String action, String wanted, String flavor) {
        boolean resize = action.equals("resize");
        require(instance, action, Set.of("active", "stopped"));
        Host destination = destination(instance, wanted, flavor, false)
                .orElseThrow(() -> Refusal.badRequest(
                        "No valid host was found. No valid host found for " + (resize ? "resize" : "cold migrate")));
        String request = cloud.event(instance.uuid(), action, "");
        migrate(instance, resize ? "resize" : "migration", "migrating", destination.name());
        cloud.begin(
                resize ? Operation.RESIZE : Operation.COLD_MIGRATION,
                instance.uuid(),
                destination.name(),
                resize ? flavor : "",
                request);
        return request;
    }

    private void migrate(Instance instance, String type, String status, String destination) {
        long id = cloud.state().count("migrations");
        cloud.state()
                .migrations()
                .add(new Migration(id, instance.uuid(), type, status, instance.host(), destination, instance.status()));
        cloud.touch();
    }

    /** Chooses like the scheduler: the enabled host with the most free processors. */
    private Optional<Host> destination(Instance instance, String wanted, String flavor, boolean force) {
        int needed = cloud.topology().flavor(flavor).vcpus();
        if (!wanted.isEmpty() && !cloud.state().machines().containsKey(wanted)) {
            throw Refusal.badRequest("Compute host %s could not be found.".formatted(wanted));
        }
        if (wanted.equals(instance.host())) {
            throw Refusal.badRequest(
                    "Unable to migrate instance (%s) to current host (%s).".formatted(instance.uuid(), wanted));
        }
        return cloud.topology().hosts().stream()
                .filter(host -> !host.name().equals(instance.host()))
                .filter(host -> wanted.isEmpty() || host.name().equals(wanted))
                .filter(host -> takes(host.name(), force))
                .filter(host -> cloud.free(host) >= needed)
                .max(Comparator.comparingInt(cloud::free).thenComparing(Host::name, Comparator.reverseOrder()));
    }

    private boolean takes(String host, boolean force) {
        Machine machine =
                java.util.Objects.requireNonNull(cloud.state().machines().get(host));
        return machine.up() && (machine.enabled() || force);
    }

    private String confirm(Instance instance) {
        require(instance, "confirmResize", Set.of("resized"));
        String request = cloud.event(instance.uuid(), "confirmResize", "");
        cloud.state()
                .lastMigration(instance.uuid())
                .ifPresent(it -> cloud.state().put(it.is("confirming")));
        cloud.begin(Operation.CONFIRM_RESIZE, instance.uuid(), "", "", request);
        return request;
    }

    private String power(Instance instance, String action, String called, Operation operation, Set<String> vmStates) {
        require(instance, action, vmStates);
        String request = cloud.event(instance.uuid(), called, "");
        cloud.begin(operation, instance.uuid(), "", "", request);
        return request;
    }

    /** Aborts a live migration. */
    String abort(String id, String number) {
        Instance instance = find(id);
        Migration migration = cloud.state().migrations().stream()
                .filter(it -> it.server().equals(id) && String.valueOf(it.id()).equals(number))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Migration %s not found for server %s.".formatted(number, id)));
        if (!migration.type().equals("live-migration") || !migration.status().equals("running")) {
            throw Refusal.badRequest(
                    "Migration %s state of instance %s is %s. Cannot Abort while the migration is in this state."
                            .formatted(number, id, migration.status()));
        }
        cloud.state().work().remove(instance.uuid());
        cloud.state().put(migration.is("cancelled"));
        return cloud.event(id, "live_migration_abort", "");
    }

    Flavor flavor(Instance instance) {
        return cloud.topology().flavor(instance.flavor());
    }
}
