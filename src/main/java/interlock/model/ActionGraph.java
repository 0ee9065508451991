package interlock.model;

import interlock.api.PlannedAction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A directed acyclic graph of actions, in the order in which they are stored. */
public final class ActionGraph {
    /** The limit for the cycles that {@link #cycles} names. */
    private static final int CYCLES_NAMED = 10;

    /** The duration of an action without an estimate. */
    public static final Duration WITHOUT_ESTIMATE = Duration.ofSeconds(1);

    private final List<PlannedAction> actions;
    private final Map<String, Integer> places;
    private final int[][] children;
    private final int[] parentCounts;
    private final int[] layers;
    private final double[] remainingSeconds;
    private final double[] priorities;

    /**
     * Creates a graph from actions and their parents.
     *
     * @throws InvalidPlan if an id is used twice, a parent is unknown or there is a cycle
     */
    public ActionGraph(List<PlannedAction> actions) {
        this.actions = List.copyOf(actions);
        int count = this.actions.size();
        places = places(this.actions);
        parentCounts = new int[count];
        children = children(this.actions, places, parentCounts);
        layers = new int[count];
        remainingSeconds = new double[count];
        int[] order = topologicalOrder();
        layOut(order);
        measure(order);
        priorities = remainingSeconds;
    }

    private ActionGraph(ActionGraph other, double[] priorities) {
        actions = other.actions;
        places = other.places;
        children = other.children;
        parentCounts = other.parentCounts;
        layers = other.layers;
        remainingSeconds = other.remainingSeconds;
        this.priorities = priorities;
    }

    /**
     * {@return the same graph with other priorities}
     *
     * @param priorities of the actions, in their order; the highest starts first
     */
    public ActionGraph withPriorities(double[] priorities) {
        if (priorities.length != actions.size()) {
            throw new IllegalArgumentException(
                    "%d priorities for %d actions".formatted(priorities.length, actions.size()));
        }
        return new ActionGraph(this, priorities.clone());
    }

    /** {@return the actions, in the order in which they are stored} */
    public List<PlannedAction> actions() {
        return actions;
    }

    /** {@return the same graph, stored layer by layer: every action comes after its parents} */
    public ActionGraph byLayer() {
        return new ActionGraph(IntStream.range(0, actions.size())
                .boxed()
                .sorted(Comparator.comparingInt(this::layer))
                .map(actions::get)
                .toList());
    }

    /** {@return the actions without children} */
    public List<PlannedAction> withoutChildren() {
        return IntStream.range(0, actions.size())
                .filter(place -> children[place].length == 0)
                .mapToObj(actions::get)
                .toList();
    }

    /** {@return the number of parents of the action at {@code place}} */
    public int parentCount(int place) {
        return parentCounts[place];
    }

    /** {@return the length of the longest path from an action without parents to the action at {@code place}} */
    public int layer(int place) {
        return layers[place];
    }

    /**
     * {@return the priority of the action at {@code place}; the highest starts first} By default it is the action's
     * {@link #remainingSeconds}.
     */
    public double priority(int place) {
        return priorities[place];
    }

    /**
     * {@return the longest path from the start of the action at {@code place} to the end of the plan, in seconds} An
     * action without an estimate counts as {@link #WITHOUT_ESTIMATE}, so that a plan without estimates is ordered by
     * number of actions.
     */
    public double remainingSeconds(int place) {
        return remainingSeconds[place];
    }

    /** {@return the lowest layer among these actions} */
    public int firstLayer(Set<String> ids) {
        int first = Integer.MAX_VALUE;
        for (String id : ids) {
            first = Math.min(first, layers[place(id)]);
        }
        return first;
    }

    /** {@return the longest path, in seconds, from the end of these actions to the end of the plan} */
    public double secondsAfter(Set<String> ids) {
        double longest = 0;
        for (String id : ids) {
            for (int child : children[place(id)]) {
                if (!ids.contains(actions.get(child).id())) {
                    longest = Math.max(longest, remainingSeconds[child]);
                }
            }
        }
        return longest;
    }

    private int place(String id) {
        Integer place = places.get(id);
        if (place == null) {
            throw new IllegalArgumentException("there is no action '%s'".formatted(id));
        }
        return place;
    }

    /**
     * {@return up to ten disjoint cycles, each from child to parent}
     *
     * @param parents the parents of each action; parents that are not keys of the map are ignored
     */
    public static List<List<String>> cycles(Map<String, ? extends Collection<String>> parents) {
        Map<String, Set<String>> left = new LinkedHashMap<>();
        parents.forEach((id, its) -> {
            Set<String> known = new LinkedHashSet<>(its);
            known.retainAll(parents.keySet());
            left.put(id, known);
        });
        List<List<String>> cycles = new ArrayList<>();
        removeRoots(left);
        while (!left.isEmpty() && cycles.size() < CYCLES_NAMED) {
            List<String> cycle = cycleFrom(left.keySet().iterator().next(), left);
            cycles.add(cycle);
            Set<String> gone = new HashSet<>(cycle);
            left.keySet().removeAll(gone);
            left.values().forEach(its -> its.removeAll(gone));
            removeRoots(left);
        }
        return cycles;
    }

    private static void removeRoots(Map<String, Set<String>> parents) {
        Map<String, List<String>> children = new HashMap<>();
        parents.forEach((id, its) -> its.forEach(parent ->
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(id)));
        ArrayDeque<String> roots = new ArrayDeque<>();
        parents.forEach((id, its) -> {
            if (its.isEmpty()) {
                roots.add(id);
            }
        });
        while (!roots.isEmpty()) {
            String root = roots.remove();
            parents.remove(root);
            for (String child : children.getOrDefault(root, List.of())) {
                Set<String> its = parents.get(child);
                if (its != null && its.remove(root) && its.isEmpty()) {
                    roots.add(child);
                }
            }
        }
    }

    /** Every action has a parent left, so a walk from child to parent must reach an action twice. */
    private static List<String> cycleFrom(String start, Map<String, Set<String>> parents) {
        LinkedHashSet<String> walk = new LinkedHashSet<>();
        String at = start;
        while (walk.add(at)) {
            at = parents.getOrDefault(at, Set.of()).iterator().next();
        }
        List<String> cycle = new ArrayList<>(walk);
        return List.copyOf(cycle.subList(cycle.indexOf(at), cycle.size()));
    }

    private static Map<String, Integer> places(List<PlannedAction> actions) {
        Map<String, Integer> places = HashMap.newHashMap(actions.size());
        for (int place = 0; place < actions.size(); place++) {
            String id = actions.get(place).id();
            Integer other = places.put(id, place);
            if (other != null) {
                throw new InvalidPlan(
                        "actions[%d].id".formatted(place), "'%s' is the id of actions[%d] too".formatted(id, other));
            }
        }
        return places;
    }

    private static int[][] children(List<PlannedAction> actions, Map<String, Integer> places, int[] parentCounts) {
        List<List<Integer>> children = new ArrayList<>();
        actions.forEach(_ -> children.add(new ArrayList<>()));
        for (int place = 0; place < actions.size(); place++) {
            for (String parent : actions.get(place).parents()) {
                Integer at = places.get(parent);
                if (at == null) {
                    throw new InvalidPlan(
                            "actions[%d].parents".formatted(place), "there is no action '%s'".formatted(parent));
                }
                children.get(at).add(place);
                parentCounts[place]++;
            }
        }
        return children.stream()
                .map(its -> its.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private int[] topologicalOrder() {
        int[] waitingFor = parentCounts.clone();
        int[] order = new int[waitingFor.length];
        int found = 0;
        for (int place = 0; place < waitingFor.length; place++) {
            if (waitingFor[place] == 0) {
                order[found++] = place;
            }
        }
        for (int next = 0; next < found; next++) {
            for (int child : children[order[next]]) {
                if (--waitingFor[child] == 0) {
                    order[found++] = child;
                }
            }
        }
        if (found < order.length) {
            throw new InvalidPlan("actions", "a cycle: " + firstCycle().orElseThrow());
        }
        return order;
    }

    private Optional<String> firstCycle() {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        actions.forEach(action -> parents.put(action.id(), action.parents()));
        return cycles(parents).stream().map(ActionGraph::printed).findFirst();
    }

    /** {@return a cycle as text: a → b → a} */
    public static String printed(List<String> cycle) {
        return String.join(" → ", cycle) + " → " + cycle.getFirst();
    }

    private void layOut(int[] order) {
        for (int place : order) {
            for (int child : children[place]) {
                layers[child] = Math.max(layers[child], layers[place] + 1);
            }
        }
    }

    private void measure(int[] order) {
        for (int next = order.length - 1; next >= 0; next--) {
            int place = order[next];
            double longest = 0;
            for (int child : children[place]) {
                longest = Math.max(longest, remainingSeconds[child]);
            }
            Duration own = actions.get(place).estimatedDuration().orElse(WITHOUT_ESTIMATE);
            remainingSeconds[place] = longest + own.toNanos() / 1e9;
        }
    }
}
