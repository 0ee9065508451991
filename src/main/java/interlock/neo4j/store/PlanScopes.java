package interlock.neo4j.store;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.model.ActionGraph;
import interlock.model.ActionState;
import interlock.model.Alternatives;
import interlock.model.NewPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The graphs of a plan: its own, that of its finally actions, and those of its alternative paths. */
final class PlanScopes {
    private final List<Scope> scopes = new ArrayList<>();
    private final Map<String, String> uuids = new HashMap<>();

    /** The scope of each action, by id. */
    private final Map<String, Scope> scopeOf = new HashMap<>();

    /**
     * A graph of the plan: its own, that of its finally actions, or that of an alternative path.
     *
     * @param inFinally whether it is that of the finally actions, or belongs to a path that replaces such actions
     * @param path the path and its uuid; empty for the plan's own graph
     * @param rank the rank of the path; the lowest is tried first
     * @param around the uuids of the paths that contain the path
     * @param layer the layer of the graph's first actions
     * @param after the seconds from the graph's end to the plan's end
     * @param first the number of the graph's first action
     */
    record Scope(
            ActionGraph graph,
            boolean inFinally,
            Optional<Path> path,
            int rank,
            List<String> around,
            int layer,
            double after,
            int first) {
        /** {@return the initial state of its actions} */
        ActionState state() {
            return path.isPresent() || inFinally ? ActionState.STANDBY : ActionState.PENDING;
        }

        /** {@return the layer of the action at {@code place} within the plan} */
        int layerOf(int place) {
            return layer + graph.layer(place);
        }
    }

    record Path(String uuid, AlternativePath path) {}

    PlanScopes(NewPlan plan) {
        add(new Scope(plan.graph(), false, Optional.empty(), 0, List.of(), 0, 0, 0));
        if (!plan.finallyGraph().actions().isEmpty()) {
            add(new Scope(plan.finallyGraph(), true, Optional.empty(), 0, List.of(), 0, 0, uuids.size()));
        }
        List<Integer> ranks = Alternatives.ranks(plan.alternatives());
        Map<String, Integer> pathOf = new HashMap<>();
        for (int path = 0; path < ranks.size(); path++) {
            for (PlannedAction action : plan.alternatives().get(path).actions()) {
                pathOf.put(action.id(), path);
            }
        }
        boolean[] added = new boolean[ranks.size()];
        for (int path = 0; path < ranks.size(); path++) {
            add(plan.alternatives(), path, ranks, pathOf, added);
        }
    }

    private void add(Scope scope) {
        scopes.add(scope);
        for (PlannedAction action : scope.graph().actions()) {
            uuids.put(action.id(), UUID.randomUUID().toString());
            scopeOf.put(action.id(), scope);
        }
    }

    /** Adds a path after the path that contains it. */
    private void add(
            List<AlternativePath> paths, int path, List<Integer> ranks, Map<String, Integer> pathOf, boolean[] added) {
        if (added[path]) {
            return;
        }
        added[path] = true;
        Integer around = pathOf.get(paths.get(path).replaces().iterator().next());
        if (around != null) {
            add(paths, around, ranks, pathOf, added);
        }
        add(scope(paths.get(path), ranks.get(path)));
    }

    private Scope scope(AlternativePath path, int rank) {
        Set<String> replaced = path.replaces();
        String one = replaced.iterator().next();
        Scope outer = Optional.ofNullable(scopeOf.get(one))
                .orElseThrow(() -> new IllegalArgumentException("there is no action '%s'".formatted(one)));
        List<String> around = new ArrayList<>(outer.around());
        outer.path().ifPresent(it -> around.add(it.uuid()));
        int layer = outer.layer() + outer.graph().firstLayer(replaced);
        double after = outer.after() + outer.graph().secondsAfter(replaced);
        Path its = new Path(UUID.randomUUID().toString(), path);
        return new Scope(
                new ActionGraph(path.actions()),
                outer.inFinally(),
                Optional.of(its),
                rank,
                around,
                layer,
                after,
                uuids.size());
    }

    /** {@return the graphs; the plan's own is the first} */
    List<Scope> all() {
        return scopes;
    }

    Stream<Scope> stream() {
        return scopes.stream();
    }

    /** {@return the number of all actions} */
    int size() {
        return uuids.size();
    }

    /** {@return the uuid of the action with this id} */
    String uuid(String id) {
        return String.valueOf(uuids.get(id));
    }
}
