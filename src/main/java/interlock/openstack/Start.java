package interlock.openstack;

import interlock.model.Outcome;
import interlock.model.ResourceUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts an instance. */
final class Start extends CloudAction {
    Start(Clouds clouds) {
        super(clouds);
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "Starts an instance.";
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
    Outcome perform(Job job) throws CloudException, InterruptedException {
        return PowerOfInstance.ON.bring(job);
    }

    @Override
    Optional<Outcome> find(Job job) throws CloudException, InterruptedException {
        return PowerOfInstance.ON.find(job);
    }

    @Override
    Outcome undo(Job job) throws CloudException, InterruptedException {
        return PowerOfInstance.OFF.restore(job);
    }
}
