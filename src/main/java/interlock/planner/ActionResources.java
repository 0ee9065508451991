package interlock.planner;

import interlock.api.PlannedAction;
import java.util.Optional;

/**
 * The cloud resources of an action that matter for the order of actions, derived from its type and its parameters as
 * Watcher defines them.
 *
 * @param what the instance or the volume that it works on, such as {@code instance a}
 * @param leaves the host that an instance leaves
 * @param arrives the host where an instance arrives
 * @param host the host whose state it changes
 * @param change the new state of that host
 */
record ActionResources(
        Optional<String> what,
        Optional<String> leaves,
        Optional<String> arrives,
        Optional<String> host,
        Optional<Change> change) {
    /** A change of a host's state. */
    enum Change {
        /** Nova places no more instances there. */
        DISABLED,
        /** Nova places instances there again. */
        ENABLED,
        /** The host is powered on. */
        POWERED_ON,
        /** The host is powered off or suspended. */
        POWERED_OFF
    }

    private static final ActionResources NOTHING = new ActionResources(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** {@return the resources of this action; none if its type is unknown} */
    static ActionResources by(PlannedAction action) {
        Optional<String> resource = text(action, "resource_id");
        Optional<String> host = text(action, "resource_name").or(() -> resource);
        String state = text(action, "state").orElse("");
        return switch (action.actionType()) {
            case "migrate" ->
                new ActionResources(
                        resource.map(id -> "instance " + id),
                        text(action, "source_node"),
                        text(action, "destination_node"),
                        Optional.empty(),
                        Optional.empty());
            case "resize", "stop", "start" -> of(resource.map(id -> "instance " + id));
            case "volume_migrate" -> of(resource.map(id -> "volume " + id));
            case "change_nova_service_state" ->
                switch (state) {
                    case "disabled", "down" -> of(host, Change.DISABLED);
                    case "enabled", "up" -> of(host, Change.ENABLED);
                    default -> NOTHING;
                };
            case "change_node_power_state" ->
                switch (state) {
                    case "on" -> of(host, Change.POWERED_ON);
                    case "off" -> of(host, Change.POWERED_OFF);
                    default -> NOTHING;
                };
            case "turn_host_to_acpi_s3_state" -> of(host, Change.POWERED_OFF);
            default -> NOTHING;
        };
    }

    private static ActionResources of(Optional<String> what) {
        return new ActionResources(what, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ActionResources of(Optional<String> host, Change change) {
        return new ActionResources(Optional.empty(), Optional.empty(), Optional.empty(), host, Optional.of(change));
    }

    private static Optional<String> text(PlannedAction action, String name) {
        return action.inputParameters().get(name) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** {@return whether the action changes a host in this way} */
    boolean makes(Change wanted) {
        return change.filter(it -> it == wanted).isPresent();
    }
}
