package interlock.neo4j.advance;

import interlock.neo4j.database.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of actions in one revision as JSON, in parts of bounded size: a change of thousands of actions does not become one
 * large property, which would be read and written as a whole.
 */
final class RevisionParts {
    /** The largest part, in bytes of UTF-8; a single change may be larger. */
    static final int LARGEST = 256 * 1024;

    private RevisionParts() {}

    /** {@return JSON lists, at least one, that together contain the changes in order} */
    static List<String> of(List<Map<String, @Nullable Object>> changes) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder("[");
        int size = 2;
        for (Map<String, @Nullable Object> change : changes) {
            String json = Json.write(change);
            int more = json.getBytes(StandardCharsets.UTF_8).length + 1;
            if (part.length() > 1 && size + more > LARGEST) {
                parts.add(part.append(']').toString());
                part = new StringBuilder("[");
                size = 2;
            }
            part.append(part.length() > 1 ? "," : "").append(json);
            size += more;
        }
        parts.add(part.append(']').toString());
        return parts;
    }
}
