package interlock.openstack.action;

import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.Clouds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts or stops an instance. */
final class SwitchInstance extends CloudAction {
    private final PowerOfInstance wanted;

    SwitchInstance(Clouds clouds, PowerOfInstance wanted) {
        super(clouds);
        this.wanted = wanted;
    }

    @Override
    public String name() {
        return wanted.verb();
    }

    @Override
    public String description() {
        return wanted == PowerOfInstance.ON ? "Starts an instance." : "Stops an instance.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {"resource_id": %s, %s},
                  "required": ["resource_id"],
                  "additionalProperties": false
                }
                """.formatted(UUID_SCHEMA, COMMON);
    }

    @Override
    public List<ResourceUse> uses(Map<String, Object> inputParameters) {
        return text(inputParameters, "resource_id")
                .map(id -> List.of(one(inputParameters, "instance", id)))
                .orElse(List.of());
    }

    @Override
    Result perform(CloudAttempt job) throws CloudException, InterruptedException {
        return wanted.bring(job);
    }

    @Override
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        return wanted.find(job);
    }

    @Override
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        return wanted.opposite().restore(job);
    }
}
