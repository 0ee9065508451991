package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/** A flavor of instances. */
public record Flavor(String id, String name) {
    static Flavor read(JsonNode flavor) {
        return new Flavor(flavor.path("id").asText(), flavor.path("name").asText());
    }
}
