package interlock.plan;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.model.ActionGraph;
import interlock.model.InvalidPlan;
import interlock.model.ValidationError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the graphs of a plan document: the plan's own and those of its alternative paths at any depth. Collects errors
 * of ids and parents.
 */
final class DocumentGraphs {
    /** The maximum nesting depth of alternative paths, because the document is read recursively. */
    private static final int DEEPEST = 32;

    private final List<ValidationError> faults;
    private final Map<String, Place> places = new HashMap<>();
    private final List<Graph> graphs = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();
    private final Graph plan = new Graph(Owner.PLAN);
    private final Graph finallyGraph = new Graph(Owner.FINALLY);

    /** The place of an id in the document. */
    private record Place(Graph graph, String at) {}

    /** An action's JSON and its path in the document. */
    record Entry(JsonNode action, String at) {
        String id() {
            return action.path("id").asText();
        }
    }

    /**
     * A set of actions that may depend on each other: those of the plan itself, or those of one alternative path.
     *
     * @param owner what it belongs to
     * @param entries all actions, including invalid ones
     * @param parents by action id: the known parents that cause no cycle
     */
    record Graph(Owner owner, List<Entry> entries, Map<String, Set<String>> parents) {
        private Graph(Owner owner) {
            this(owner, new ArrayList<>(), new LinkedHashMap<>());
        }
    }

    /** What a graph of actions belongs to. */
    enum Owner {
        PLAN("an action of the plan"),
        FINALLY("a finally action"),
        PATH("an action of a path");

        private final String action;

        Owner(String action) {
            this.action = action;
        }
    }

    /**
     * An alternative path's JSON and its path in the document.
     *
     * @param name the given name, or one derived from its position
     * @param replaces the ids of the actions that it replaces
     * @param graph its actions
     */
    record Path(JsonNode node, String at, String name, List<String> replaces, Graph graph) {
        /** {@return the document path of the statement that the path replaces the action with this id} */
        String at(String id) {
            return replaces.contains(id) && node.has("replaces")
                    ? "%s.replaces[%d]".formatted(at, replaces.indexOf(id))
                    : atReplaces();
        }

        /** {@return the document path of the list of replaced actions} */
        String atReplaces() {
            return node.has("replaces") ? at + ".replaces" : at;
        }
    }

    DocumentGraphs(JsonNode document, List<ValidationError> faults) {
        this.faults = faults;
        collect(plan, document.path("actions"), "actions");
        collect(finallyGraph, document.path("finally"), "finally");
        JsonNode groups = document.path("alternatives");
        for (int number = 0; number < groups.size(); number++) {
            JsonNode path = groups.path(number);
            collectPath(path, "alternatives[%d]".formatted(number), number, texts(path.path("replaces")));
        }
        graphs.forEach(this::findParents);
    }

    /**
     * Rejects documents that are too large to be read.
     *
     * @throws InvalidPlan if there are too many actions or alternative paths are nested too deep
     */
    static void refuseTooLarge(JsonNode document, int maxActions) {
        int count = count(document);
        if (count > maxActions) {
            String message = count > document.path("actions").size()
                    ? "there are %d, including those of alternative paths and finally; a plan has at most %d"
                    : "there are %d; a plan has at most %d";
            throw new InvalidPlan("actions", message.formatted(count, maxActions));
        }
        int depth = depth(document);
        if (depth > DEEPEST) {
            throw new InvalidPlan(
                    "actions",
                    "alternative paths are nested %d deep; at most %d levels are allowed".formatted(depth, DEEPEST));
        }
    }

    /** {@return the number of actions in the document, including those of all paths} */
    private static int count(JsonNode document) {
        int count = 0;
        for (JsonNode action : document.path("actions")) {
            count += 1 + count(action);
        }
        for (JsonNode action : document.path("finally")) {
            count += 1 + count(action);
        }
        for (JsonNode path : document.path("alternatives")) {
            count += count(path);
        }
        return count;
    }

    /** {@return the nesting depth of alternative paths; 0 if there are none} */
    private static int depth(JsonNode document) {
        int depth = 0;
        for (JsonNode action : document.path("actions")) {
            depth = Math.max(depth, depth(action));
        }
        for (JsonNode action : document.path("finally")) {
            depth = Math.max(depth, depth(action));
        }
        for (JsonNode path : document.path("alternatives")) {
            depth = Math.max(depth, 1 + depth(path));
        }
        return depth;
    }

    /** {@return the plan's own graph} */
    Graph plan() {
        return plan;
    }

    /** {@return the graph of the finally actions; it may be empty} */
    Graph finallyGraph() {
        return finallyGraph;
    }

    /** {@return the paths in the order of the document: those inside actions before those of the plan} */
    List<Path> paths() {
        return paths;
    }

    private void collect(Graph graph, JsonNode actions, String at) {
        graphs.add(graph);
        for (int place = 0; actions.isArray() && place < actions.size(); place++) {
            if (actions.path(place).isObject()) {
                collectAction(graph, new Entry(actions.path(place), "%s[%d]".formatted(at, place)));
            }
        }
    }

    private void collectAction(Graph graph, Entry entry) {
        graph.entries().add(entry);
        List<String> replaced = entry.action().path("id").isTextual() ? List.of(entry.id()) : List.of();
        replaced.forEach(id -> noteId(id, graph, entry));
        JsonNode own = entry.action().path("alternatives");
        for (int number = 0; number < own.size(); number++) {
            collectPath(own.path(number), "%s.alternatives[%d]".formatted(entry.at(), number), number, replaced);
        }
    }

    private void collectPath(JsonNode path, String at, int number, List<String> replaces) {
        Graph graph = new Graph(Owner.PATH);
        if (!replaces.isEmpty()) {
            String name = path.path("name").asText("alternative " + (number + 1));
            paths.add(new Path(path, at, name, replaces, graph));
        }
        collect(graph, path.path("actions"), at + ".actions");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.isTextual() ? text.asText() : ""));
        return texts;
    }

    private void noteId(String id, Graph graph, Entry entry) {
        Place other = places.putIfAbsent(id, new Place(graph, entry.at()));
        if (other != null) {
            faults.add(new ValidationError(entry.at() + ".id", "'%s' is the id of %s too".formatted(id, other.at())));
        }
    }

    private void findParents(Graph graph) {
        Map<String, String> ats = new HashMap<>();
        graph.entries().forEach(entry -> ats.putIfAbsent(entry.id(), entry.at()));
        for (Entry entry : graph.entries()) {
            graph.parents()
                    .computeIfAbsent(entry.id(), _ -> new LinkedHashSet<>())
                    .addAll(knownParents(entry, graph, ats.keySet()));
        }
        List<List<String>> cycles = ActionGraph.cycles(graph.parents());
        for (List<String> cycle : cycles) {
            faults.add(new ValidationError(
                    ats.get(cycle.getFirst()) + ".parents", "a cycle: " + ActionGraph.printed(cycle)));
        }
        if (!cycles.isEmpty()) {
            graph.parents().values().forEach(Set::clear);
        }
    }

    private Set<String> knownParents(Entry entry, Graph graph, Set<String> known) {
        Set<String> found = new LinkedHashSet<>();
        JsonNode parents = entry.action().path("parents");
        for (int number = 0; number < parents.size(); number++) {
            String parent = parents.path(number).asText();
            if (!parents.path(number).isTextual()) {
                continue;
            }
            if (known.contains(parent)) {
                found.add(parent);
            } else {
                faults.add(
                        new ValidationError("%s.parents[%d]".formatted(entry.at(), number), stranger(parent, graph)));
            }
        }
        return found;
    }

    private String stranger(String parent, Graph graph) {
        Place place = places.get(parent);
        if (place == null) {
            return "there is no action '%s'".formatted(parent);
        }
        return switch (graph.owner()) {
            case PLAN ->
                "'%s' is %s, at %s; the parents of an action of the plan are actions of the plan"
                        .formatted(parent, place.graph().owner().action, place.at());
            case FINALLY ->
                "'%s' is not a finally action; it is at %s; the parents of a finally action are finally actions, which start when all others have ended"
                        .formatted(parent, place.at());
            case PATH ->
                "'%s' is not an action of this path; it is at %s; the parents of a path's action are actions of the same path"
                        .formatted(parent, place.at());
        };
    }
}
