package interlock.neo4j.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Which descendants of an action run again when it no longer counts as failed: those that were cancelled and have no
 * other failed or cancelled ancestor. A pure function.
 *
 * @param again the uuids of the actions that run again
 * @param blockers the failed and cancelled actions that keep others cancelled, each once, as sentences
 */
record Revival(List<String> again, List<String> blockers) {
    private static final String CANCELLED = "CANCELLED";

    /**
     * {@return the revival}
     *
     * @param rows the descendants, with action, id, state, afterFailure, and parents: maps with action, id, state, done
     * @param root the uuid of the action
     * @param retried whether what ran only because of a failure runs again
     */
    static Revival of(List<MapAccessor> rows, String root, boolean retried) {
        Map<String, MapAccessor> left = new LinkedHashMap<>();
        rows.forEach(row -> left.put(row.get("action").asString(), row));
        Set<String> blockers = new LinkedHashSet<>();
        Set<String> descendants = Set.copyOf(left.keySet());
        Map<String, List<String>> children = children(left);
        List<String> next = new ArrayList<>(left.keySet());
        while (!next.isEmpty()) {
            String action = next.removeLast();
            MapAccessor row = left.get(action);
            if (row == null) {
                continue;
            }
            List<Value> blocking = blocking(row.get("parents"), root, left.keySet());
            if (!blocking.isEmpty()) {
                left.remove(action);
                blocking.stream()
                        .filter(parent ->
                                !descendants.contains(parent.get("action").asString()))
                        .forEach(parent -> blockers.add("'%s' stays %s: it also depends on '%s', which is %s"
                                .formatted(
                                        row.get("id").asString(),
                                        row.get("state").asString(),
                                        parent.get("id").asString(),
                                        parent.get("state").asString())));
                next.addAll(children.getOrDefault(action, List.of()));
            }
        }
        List<String> again = left.values().stream()
                .filter(row -> row.get("state").asString().equals(CANCELLED)
                        || (retried && row.get("afterFailure").asBoolean()))
                .map(row -> row.get("action").asString())
                .toList();
        return new Revival(again, List.copyOf(blockers));
    }

    private static Map<String, List<String>> children(Map<String, MapAccessor> rows) {
        Map<String, List<String>> children = new HashMap<>();
        rows.forEach((action, row) -> row.get("parents")
                .asList(parent -> parent.get("action").asString())
                .forEach(parent ->
                        children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(action)));
        return children;
    }

    private static List<Value> blocking(Value parents, String root, Set<String> reviving) {
        return parents.asList(parent -> parent).stream()
                .filter(parent -> !parent.get("done").asBoolean())
                .filter(parent -> !parent.get("action").asString().equals(root)
                        && !reviving.contains(parent.get("action").asString()))
                .toList();
    }

    /** {@return the parents that prevent an action from running, as text} */
    static List<String> blockersOf(Value parents) {
        return parents.asList(parent -> parent).stream()
                .filter(parent -> !parent.get("done").asBoolean())
                .map(parent -> "'%s', which is %s"
                        .formatted(
                                parent.get("id").asString(), parent.get("state").asString()))
                .toList();
    }
}
