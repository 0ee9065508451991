package interlock.applier.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** An action's change of state, as a revision keeps it. */
record Changed(String id, String state, int attempt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Changed> read(String actions) {
        try {
            List<Changed> changes = new ArrayList<>();
            for (JsonNode each : JSON.readTree(actions)) {
                if (each.has("aborting") || each.has("progress")) {
                    continue; // it stays in its state
                }
                changes.add(new Changed(
                        each.path("id").asText(),
                        each.path("state").asText(),
                        each.path("attempt").asInt()));
            }
            return changes;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
