package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A compute service (nova-compute).
 *
 * @param enabled whether the scheduler places instances on its host
 * @param up whether it has reported recently
 * @param forcedDown whether an operator has declared it down
 */
public record ComputeService(String id, String host, boolean enabled, boolean up, boolean forcedDown) {
    static ComputeService read(JsonNode service) {
        return new ComputeService(
                service.path("id").asText(),
                service.path("host").asText(),
                service.path("status").asText().equals("enabled"),
                service.path("state").asText().equals("up"),
                service.path("forced_down").asBoolean());
    }
}
