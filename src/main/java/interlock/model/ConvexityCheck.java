package interlock.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the actions that lie between the actions of a group. It visits only the neighbourhood of the group. */
final class ConvexityCheck {
    private final ActionGraph graph;
    private final Map<String, Integer> places = new HashMap<>();
    private final int[][] parents;
    private final int[][] children;

    /** By place: the number of the last group that contained the action. */
    private final int[] member;

    private final int[] above;
    private final int[] between;
    private final int[] queue;

    /** The number of the current group. */
    private int group;

    ConvexityCheck(ActionGraph graph) {
        this.graph = graph;
        int count = graph.actions().size();
        parents = new int[count][];
        children = new int[count][];
        member = new int[count];
        above = new int[count];
        between = new int[count];
        queue = new int[count];
        for (int place = 0; place < count; place++) {
            places.put(graph.actions().get(place).id(), place);
        }
        link(new int[count]);
    }

    private void link(int[] childCounts) {
        for (int place = 0; place < parents.length; place++) {
            parents[place] = graph.actions().get(place).parents().stream()
                    .mapToInt(this::place)
                    .toArray();
            for (int parent : parents[place]) {
                childCounts[parent]++;
            }
        }
        for (int place = 0; place < parents.length; place++) {
            children[place] = new int[childCounts[place]];
        }
        for (int place = 0; place < parents.length; place++) {
            for (int parent : parents[place]) {
                children[parent][--childCounts[parent]] = place;
            }
        }
    }

    /**
     * {@return the ids of the actions outside the group that are descendants of one member and ancestors of another}
     */
    List<String> between(Collection<String> ids) {
        group++;
        int[] members = ids.stream().mapToInt(this::place).toArray();
        int top = Integer.MAX_VALUE;
        for (int place : members) {
            member[place] = group;
            top = Math.min(top, graph.layer(place));
        }
        goUp(members, top);
        int found = goDown(members);
        return IntStream.range(0, found)
                .mapToObj(next -> graph.actions().get(queue[next]).id())
                .toList();
    }

    /** Marks the ancestors of the group that are not members, up to the highest layer of the group. */
    private void goUp(int[] members, int top) {
        int found = 0;
        for (int place : members) {
            found = markParents(place, top, found);
        }
        for (int next = 0; next < found; next++) {
            found = markParents(queue[next], top, found);
        }
    }

    private int markParents(int place, int top, int found) {
        int end = found;
        for (int parent : parents[place]) {
            if (member[parent] != group && above[parent] != group && graph.layer(parent) > top) {
                above[parent] = group;
                queue[end++] = parent;
            }
        }
        return end;
    }

    /** Marks the descendants of the group among its marked ancestors, and counts them. */
    private int goDown(int[] members) {
        int found = 0;
        for (int place : members) {
            found = markChildren(place, found);
        }
        for (int next = 0; next < found; next++) {
            found = markChildren(queue[next], found);
        }
        return found;
    }

    private int markChildren(int place, int found) {
        int end = found;
        for (int child : children[place]) {
            if (above[child] == group && between[child] != group) {
                between[child] = group;
                queue[end++] = child;
            }
        }
        return end;
    }

    private int place(String id) {
        return Optional.ofNullable(places.get(id)).orElseThrow();
    }
}
