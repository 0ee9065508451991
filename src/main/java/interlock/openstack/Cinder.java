package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Cinder's API, as far as actions use it.
 *
 * @param waiter waits between retries
 */
public record Cinder(Endpoint endpoint, Waiter waiter) {
    public Optional<Volume> volume(String id) throws CloudException, InterruptedException {
        return Pages.one(endpoint, waiter, "/volumes/" + Pages.encoded(id), "volume", Volume::read);
    }

    /** {@return the names of all pools, as host@backend#pool} */
    public List<String> pools() throws CloudException, InterruptedException {
        return Pages.all(
                endpoint,
                waiter,
                "/scheduler-stats/get_pools",
                "pools",
                pool -> pool.path("name").asText());
    }

    /** {@return the names of all volume types} */
    public List<String> types() throws CloudException, InterruptedException {
        return Pages.all(
                endpoint,
                waiter,
                "/types?is_public=None",
                "volume_types",
                type -> type.path("name").asText());
    }

    /**
     * Migrates a volume, with the volume locked so that no other request interrupts the migration.
     *
     * @return the id of the request
     */
    public String migrate(String volume, String pool) throws CloudException, InterruptedException {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put("host", pool).put("force_host_copy", false).put("lock_volume", true);
        return act(volume, "os-migrate_volume", parameters);
    }

    /**
     * Changes the type of a volume, and migrates it if the new type requires that.
     *
     * @return the id of the request
     */
    public String retype(String volume, String type) throws CloudException, InterruptedException {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put("new_type", type).put("migration_policy", "on-demand");
        return act(volume, "os-retype", parameters);
    }

    private String act(String volume, String action, JsonNode parameters) throws CloudException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(action, parameters);
        return endpoint.send(Call.post("/volumes/%s/action".formatted(Pages.encoded(volume)), body), waiter)
                .requestId();
    }
}
