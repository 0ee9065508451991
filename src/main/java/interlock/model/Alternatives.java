package interlock.model;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules for alternative paths of a plan, and the order in which paths are tried. Ids must be unique over the plan
 * and all of its paths.
 */
public final class Alternatives {
    private static final int PLAN = -1;
    private static final int FINALLY = -2;

    /** The number of actions that a message lists; more are counted. */
    private static final int NAMED = 10;

    private final ActionGraph plan;
    private final ActionGraph finallyGraph;
    private final List<AlternativePath> paths;

    /** By action id: the path that owns the action. */
    private final Map<String, Integer> homeOf = new HashMap<>();

    /** By path: the path that owns the actions that it replaces. */
    private final Map<Integer, Integer> homes = new LinkedHashMap<>();

    private final List<Objection> objections = new ArrayList<>();

    /**
     * A violation of a rule by a path.
     *
     * @param path the index of the path
     * @param replaced the replaced action that breaks the rule, or empty if all of them do
     * @param message what is wrong and how to correct it
     */
    public record Objection(int path, Optional<String> replaced, String message) {}

    private Alternatives(ActionGraph plan, ActionGraph finallyGraph, List<AlternativePath> paths) {
        this.plan = plan;
        this.finallyGraph = finallyGraph;
        this.paths = paths;
        for (int home = FINALLY; home < paths.size(); home++) {
            for (PlannedAction action : actions(home)) {
                homeOf.putIfAbsent(action.id(), home);
            }
        }
    }

    /**
     * {@return the paths in the order in which they are tried: those that replace fewer actions first, else in the
     * given order}
     */
    public static List<AlternativePath> inOrder(List<AlternativePath> paths) {
        return paths.stream()
                .sorted(Comparator.comparingInt(path -> path.replaces().size()))
                .toList();
    }

    /**
     * {@return the rank of each path: one more than the highest rank of an earlier path that replaces one of the same
     * actions}
     *
     * @param ordered the paths in the order in which they are tried
     */
    public static List<Integer> ranks(List<AlternativePath> ordered) {
        Map<String, Integer> highest = new HashMap<>();
        List<Integer> ranks = new ArrayList<>(ordered.size());
        for (AlternativePath path : ordered) {
            int rank = 1;
            for (String id : path.replaces()) {
                rank = Math.max(rank, 1 + highest.getOrDefault(id, 0));
            }
            for (String id : path.replaces()) {
                highest.put(id, rank);
            }
            ranks.add(rank);
        }
        return ranks;
    }

    /**
     * {@return all violations of the rules; empty if the paths are valid}
     *
     * @param plan the graph of the plan's own actions, as it will run
     * @param paths in the order of the document
     */
    public static List<Objection> objections(ActionGraph plan, List<AlternativePath> paths) {
        return objections(plan, new ActionGraph(List.of()), paths);
    }

    /**
     * {@return all violations of the rules; empty if the paths are valid}
     *
     * @param plan the graph of the plan's own actions, as it will run
     * @param finallyGraph the graph of its finally actions
     * @param paths in the order of the document
     */
    public static List<Objection> objections(ActionGraph plan, ActionGraph finallyGraph, List<AlternativePath> paths) {
        Alternatives alternatives = new Alternatives(plan, finallyGraph, List.copyOf(paths));
        alternatives.findHomes();
        alternatives.refuseCircles();
        alternatives.refuseCrossings();
        alternatives.refuseGaps();
        alternatives.refusePathsAfterCompensations();
        return List.copyOf(alternatives.objections);
    }

    /**
     * Paths whose replaced actions are unknown or belong to several graphs have no home; they are not checked further.
     */
    private void findHomes() {
        for (int path = 0; path < paths.size(); path++) {
            List<String> unknown = replaces(path).stream()
                    .filter(id -> !homeOf.containsKey(id))
                    .toList();
            for (String id : unknown) {
                objections.add(new Objection(path, Optional.of(id), "there is no action '%s'".formatted(id)));
            }
            List<String> known = new ArrayList<>(replaces(path));
            known.removeAll(Set.copyOf(unknown));
            if (replaces(path).isEmpty()) {
                objections.add(new Objection(path, Optional.empty(), "replaces no action"));
            } else if (!known.isEmpty() && !scattered(path, known) && unknown.isEmpty()) {
                homes.put(path, home(known.getFirst()));
            }
        }
    }

    private boolean scattered(int path, List<String> ids) {
        String first = ids.getFirst();
        List<String> strangers =
                ids.stream().filter(id -> home(id) != home(first)).toList();
        for (String id : strangers) {
            String message =
                    "'%s' is an action of %s, and '%s' one of %s; a path replaces actions of the plan, or actions of one path"
                            .formatted(id, homeName(home(id)), first, homeName(home(first)));
            objections.add(new Objection(path, Optional.of(id), message));
        }
        return !strangers.isEmpty();
    }

    private int home(String id) {
        return homeOf.getOrDefault(id, PLAN);
    }

    private String homeName(int home) {
        return switch (home) {
            case PLAN -> "the plan";
            case FINALLY -> "finally";
            default -> "path '%s'".formatted(paths.get(home).name());
        };
    }

    /** A path replaces actions of the plan, or of a path that does so directly or through others. */
    private void refuseCircles() {
        Set<Integer> seen = new HashSet<>();
        for (int start : homes.keySet()) {
            LinkedHashSet<Integer> walk = new LinkedHashSet<>();
            int at = start;
            while (at >= 0 && !seen.contains(at) && walk.add(at)) {
                at = homes.getOrDefault(at, PLAN);
            }
            if (walk.contains(at)) {
                List<Integer> circle = new ArrayList<>(walk);
                refuseCircle(circle.subList(circle.indexOf(at), circle.size()));
            }
            seen.addAll(walk);
        }
    }

    private void refuseCircle(List<Integer> circle) {
        List<String> names = circle.stream().map(path -> paths.get(path).name()).toList();
        String message = "it can never be activated: it replaces actions of its own, " + ActionGraph.printed(names);
        objections.add(new Objection(circle.getFirst(), Optional.empty(), message));
    }

    /**
     * If two paths replace the same action, the replaced set of one must contain that of the other. Paths are visited
     * by growing width: a path must contain the widest set so far of each of its actions, and therefore all narrower
     * ones.
     */
    private void refuseCrossings() {
        List<Integer> byWidth = homes.keySet().stream()
                .sorted(Comparator.comparingInt(path -> replaces(path).size()))
                .toList();
        Map<String, Integer> widest = new HashMap<>();
        for (int path : byWidth) {
            Map<Integer, Integer> shared = new LinkedHashMap<>();
            for (String id : replaces(path)) {
                Optional.ofNullable(widest.get(id)).ifPresent(other -> shared.merge(other, 1, Integer::sum));
            }
            List<Integer> crossed = shared.keySet().stream()
                    .filter(other ->
                            shared.getOrDefault(other, 0) < replaces(other).size())
                    .toList();
            crossed.forEach(other -> refuseCrossing(Math.max(path, other), Math.min(path, other)));
            if (crossed.isEmpty()) {
                replaces(path).forEach(id -> widest.put(id, path));
            }
        }
    }

    private void refuseCrossing(int path, int other) {
        String common = replaces(path).stream()
                .filter(replaces(other)::contains)
                .findFirst()
                .orElseThrow();
        String message = "the paths '%s' and '%s' both replace '%s'; one of them must replace all that the other does"
                .formatted(paths.get(other).name(), paths.get(path).name(), common);
        objections.add(new Objection(path, Optional.empty(), message));
    }

    private void refuseGaps() {
        Map<Integer, ConvexityCheck> gaps = new HashMap<>();
        homes.forEach((path, home) -> {
            if (replaces(path).size() > 1) {
                refuseGap(path, gaps.computeIfAbsent(home, _ -> new ConvexityCheck(graph(home))));
            }
        });
    }

    private void refuseGap(int path, ConvexityCheck gaps) {
        List<String> between = gaps.between(replaces(path));
        if (!between.isEmpty()) {
            String message = between.size() == 1
                    ? "%s lies between two of the actions that it replaces; it must replace it too"
                    : "%s lie between two of the actions that it replaces; it must replace them too";
            objections.add(new Objection(path, Optional.empty(), message.formatted(named(between))));
        }
    }

    /** A compensation is the last path of its actions: it gives up what they were to reach. */
    private void refusePathsAfterCompensations() {
        Map<String, Integer> compensations = new HashMap<>();
        for (AlternativePath path : inOrder(paths)) {
            int at = paths.indexOf(path);
            path.replaces().stream()
                    .filter(compensations::containsKey)
                    .findFirst()
                    .ifPresent(id -> objections.add(new Objection(
                            at,
                            Optional.empty(),
                            "the path '%s' compensates for '%s' and is tried before it; a compensation is the last path of its actions"
                                    .formatted(
                                            paths.get(compensations.getOrDefault(id, at))
                                                    .name(),
                                            id))));
            if (path.compensation()) {
                path.replaces().forEach(id -> compensations.put(id, at));
            }
        }
    }

    private List<PlannedAction> actions(int home) {
        return home >= 0 ? paths.get(home).actions() : graph(home).actions();
    }

    private ActionGraph graph(int home) {
        return switch (home) {
            case PLAN -> plan;
            case FINALLY -> finallyGraph;
            default -> new ActionGraph(paths.get(home).actions());
        };
    }

    private static String named(List<String> ids) {
        String some = ids.stream().limit(NAMED).map("'%s'"::formatted).collect(Collectors.joining(", "));
        return ids.size() > NAMED ? "%s and %d more".formatted(some, ids.size() - NAMED) : some;
    }

    private Set<String> replaces(int path) {
        return paths.get(path).replaces();
    }
}
