package interlock.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A plan document. */
final class Document {
    private final ObjectNode document = new ObjectMapper().createObjectNode();

    Document(String onFailure, Call... actions) {
        document.put("on_failure", onFailure).set("actions", Call.array(actions));
    }

    /** A path that stands in for a group; with {@code revert}, after what has succeeded of it was reverted. */
    Document or(String name, List<String> replaced, boolean revert, Call... actions) {
        ObjectNode path = document.withArray("alternatives").addObject();
        path.put("name", name).put("revert", revert).set("actions", Call.array(actions));
        replaced.forEach(path.putArray("replaces")::add);
        return this;
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
