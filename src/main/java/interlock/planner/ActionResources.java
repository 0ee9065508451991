package interlock.planner;

import interlock.api.PlannedAction;
import java.util.Optional;

/**
 * What an action has to do with in the cloud, as far as the order of actions depends on it: read from its type and its
 * parameters, which are Watcher's.
 *
 * @param what the instance or the volume that it works on, such as {@code instance a}
 * @param leaves the host that an instance leaves by it
 * @param arrives the host at which an instance arrives by it
 * @param host the host that it changes itself
 * @param change what becomes of that host
 */
record ActionResources(
        Optional<String> what,
        Optional<String> leaves,
        Optional<String> arrives,
        Optional<String> host,
        Optional<Change> change) {
    /** What becomes of a host. */
    enum Change {
        /** No instance is placed there any more. */
        DISABLED,
        /** Instances are placed there again. */
        ENABLED,
        /** It is switched on. */
        POWERED_ON,
        /** It is switched off, or sent to sleep. */
        POWERED_OFF
    }

    private static final ActionResources NOTHING = new ActionResources(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** {@return what this action has to do with; nothing, if its type is not known} */
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

    /** {@return whether it does that to a host} */
    boolean makes(Change wanted) {
        return change.filter(it -> it == wanted).isPresent();
    }
}
