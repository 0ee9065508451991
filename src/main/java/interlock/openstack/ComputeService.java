package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The service that runs instances on a host.
 *
 * @param id its uuid
 * @param host its host
 * @param enabled whether instances are placed there
 * @param up whether it has reported lately
 * @param forcedDown whether somebody has declared it down
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
