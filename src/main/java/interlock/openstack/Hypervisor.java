package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What runs instances on a host.
 *
 * @param id its uuid
 * @param name what it calls itself
 * @param host the host of its compute service
 */
public record Hypervisor(String id, String name, String host) {
    static Hypervisor read(JsonNode hypervisor) {
        return new Hypervisor(
                hypervisor.path("id").asText(),
                hypervisor.path("hypervisor_hostname").asText(),
                hypervisor.path("service").path("host").asText());
    }

    /** {@return whether somebody who says this means it} */
    public boolean answersTo(String called) {
        return called.equals(id) || called.equals(name) || called.equals(host);
    }
}
