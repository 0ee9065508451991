package interlock.cli.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as a tree that can be drawn. Each node stands below its immediate dominator: the nearest node on all paths to
 * it. A node after which branches join continues in the column in which they forked.
 */
public final class Branches {
    private final Map<String, List<String>> parents;
    private final Map<String, String> above = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();

    /** The dominator of nodes without parents, and of nodes reached from several of these. */
    private static final String TOP = "";

    /**
     * One row of the drawing.
     *
     * @param prefix the lines drawn before the node
     */
    public record Row(String prefix, String node) {}

    private record Step(String node, String head, String body) {}

    /**
     * Creates the tree.
     *
     * @param nodes in the preferred order
     * @param waitsFor the parents of each node
     */
    public Branches(List<String> nodes, Map<String, List<String>> waitsFor) {
        parents = new HashMap<>();
        Set<String> known = new HashSet<>(nodes);
        nodes.forEach(node -> parents.put(
                node,
                waitsFor.getOrDefault(node, List.of()).stream()
                        .filter(known::contains)
                        .distinct()
                        .toList()));
        depths.put(TOP, 0);
        for (String node : sorted(nodes)) {
            String dominator = parentsOf(node).stream().reduce(this::meeting).orElse(TOP);
            above.put(node, dominator);
            depths.put(node, depths.getOrDefault(dominator, 0) + 1);
            below.computeIfAbsent(dominator, _ -> new ArrayList<>()).add(node);
        }
    }

    private List<String> parentsOf(String node) {
        return parents.getOrDefault(node, List.of());
    }

    /** {@return the nodes in topological order} */
    private List<String> sorted(List<String> nodes) {
        Map<String, List<String>> children = new LinkedHashMap<>();
        Map<String, Integer> unmet = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        for (String node : nodes) {
            parentsOf(node)
                    .forEach(parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>())
                            .add(node));
            unmet.put(node, parentsOf(node).size());
            if (parentsOf(node).isEmpty()) {
                ready.add(node);
            }
        }
        List<String> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            String node = ready.remove();
            sorted.add(node);
            for (String child : children.getOrDefault(node, List.of())) {
                if (unmet.merge(child, -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        return sorted;
    }

    private String meeting(String one, String other) {
        String left = one;
        String right = other;
        while (!left.equals(right)) {
            if (depths.getOrDefault(left, 0) >= depths.getOrDefault(right, 0)) {
                left = above.getOrDefault(left, TOP);
            } else {
                right = above.getOrDefault(right, TOP);
            }
        }
        return left;
    }

    /**
     * {@return the nodes that the drawing shows as its parents: the one above it, or the ends of all branches that it
     * joins}
     */
    public Set<String> shown(String node) {
        String dominator = above(node);
        List<String> siblings = below.getOrDefault(dominator, List.of());
        if (siblings.size() == 1 || !node.equals(siblings.getLast()) || !joinsAll(dominator, siblings)) {
            return dominator.equals(TOP) ? Set.of() : Set.of(dominator);
        }
        Set<String> ends = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(siblings.subList(0, siblings.size() - 1));
        while (!left.isEmpty()) {
            String one = left.pop();
            List<String> under = below.getOrDefault(one, List.of());
            if (under.isEmpty()) {
                ends.add(one);
            } else if (under.size() == 1 || joinsAll(one, under)) {
                left.push(under.getLast());
            } else {
                left.addAll(under);
            }
        }
        return ends;
    }

    private String above(String node) {
        return above.getOrDefault(node, TOP);
    }

    /** {@return the rows, from top to bottom} */
    public List<Row> rows(boolean drawing) {
        List<Row> rows = new ArrayList<>();
        Deque<Step> steps = new ArrayDeque<>();
        push(TOP, "", drawing, steps);
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            rows.add(new Row(step.head(), step.node()));
            push(step.node(), step.body(), drawing, steps);
        }
        return rows;
    }

    /** Pushes a node's children, so that they are drawn before the remaining steps. */
    private void push(String node, String column, boolean drawing, Deque<Step> steps) {
        List<String> children = below.getOrDefault(node, List.of());
        if (children.isEmpty()) {
            return;
        }
        boolean joined = children.size() == 1 || joinsAll(node, children);
        if (joined) {
            steps.push(new Step(children.getLast(), column, column));
        }
        int branches = joined ? children.size() - 1 : children.size();
        for (int place = branches - 1; place >= 0; place--) {
            boolean last = place == branches - 1 && !joined;
            String corner = node.equals(TOP) && place == 0 && !last ? "┌─ " : last ? "└─ " : "├─ ";
            steps.push(new Step(
                    children.get(place),
                    column + (drawing ? corner : "+- "),
                    column + (last ? "   " : drawing ? "│  " : "|  ")));
        }
    }

    /** {@return whether the last child comes after all other children} */
    private boolean joinsAll(String node, List<String> children) {
        Set<String> met = new HashSet<>();
        Deque<String> found = new ArrayDeque<>(List.of(children.getLast()));
        while (!found.isEmpty()) {
            for (String parent : parentsOf(found.pop())) {
                String branch = parent;
                while (!branch.equals(node) && !above(branch).equals(node)) {
                    branch = above(branch);
                }
                if (!branch.equals(node) && met.add(branch)) {
                    found.push(branch);
                }
            }
        }
        return met.size() == children.size() - 1;
    }
}
