package interlock.applier.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** An action's change of state, as a revision keeps it. */
record Changed(String id, String state, int attempt, String message) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return whether its trigger rule skipped the action} */
    boolean isSkippedByRule() {
        return state.equals("SKIPPED") && message.startsWith("Skipped by its trigger rule");
    }

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
                        each.path("attempt").asInt(),
                        each.path("status_message").asText()));
            }
            return changes;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
