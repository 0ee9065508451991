package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.ActionType;
import interlock.api.Result;
import interlock.openstack.action.OpenStackTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The action types, at work in the lab's cloud. */
record LabTypes(Map<String, ActionType> byName) {
    static LabTypes on(LabCloud cloud) {
        return new LabTypes(
                OpenStackTypes.on(cloud.clouds()).stream().collect(Collectors.toMap(ActionType::name, type -> type)));
    }

    ActionType get(String name) {
        return byName.get(name);
    }

    Result execute(String type, LabAttempt attempt) throws Exception {
        return get(type).execute(attempt);
    }

    /** {@return an attempt to migrate; with a destination that is null, to wherever the scheduler likes} */
    static LabAttempt migration(String server, String type, String source, String destination) {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("resource_id", server, "migration_type", type, "source_node", source));
        if (destination != null) {
            parameters.put("destination_node", destination);
        }
        return new LabAttempt(parameters);
    }

    /** {@return what is said of a failure} */
    static String failure(Result outcome, boolean permanent) {
        assertThat(outcome).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed) outcome).failure().permanent())
                .as(outcome.message())
                .isEqualTo(permanent);
        return outcome.message();
    }
}
