package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A size of instances.
 *
 * @param id by which it is asked for
 * @param name what it is called
 */
public record Flavor(String id, String name) {
    static Flavor read(JsonNode flavor) {
        return new Flavor(flavor.path("id").asText(), flavor.path("name").asText());
    }
}
