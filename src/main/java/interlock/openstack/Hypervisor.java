package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A hypervisor.
 *
 * @param id its uuid
 * @param name its hypervisor_hostname
 * @param host the host of its compute service
 */
public record Hypervisor(String id, String name, String host) {
    static Hypervisor read(JsonNode hypervisor) {
        return new Hypervisor(
                hypervisor.path("id").asText(),
                hypervisor.path("hypervisor_hostname").asText(),
                hypervisor.path("service").path("host").asText());
    }

    /** {@return whether a name denotes this hypervisor} */
    public boolean answersTo(String called) {
        return called.equals(id) || called.equals(name) || called.equals(host);
    }
}
