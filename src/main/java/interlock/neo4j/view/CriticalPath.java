package interlock.neo4j.view;

import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The longest path of actions by the estimated durations.
 *
 * @param seconds its duration
 * @param links its actions, each depending on the one before
 */
public record CriticalPath(double seconds, List<Link> links) {
    private static final int NONE = -1;

    /** An action of the path with its estimated duration. */
    public record Link(String uuid, String id, ActionState state, double seconds) {}

    /** An action and the uuids of its parents; parents outside the given steps are ignored. */
    record Step(Link link, List<String> parents) {}

    /** {@return the longest path, the first in the order of the steps if there are several} Visits each edge once. */
    static CriticalPath of(List<Step> steps) {
        Map<String, Integer> places = HashMap.newHashMap(steps.size());
        for (int place = 0; place < steps.size(); place++) {
            places.put(steps.get(place).link().uuid(), place);
        }
        int[][] parents = steps.stream()
                .map(step -> step.parents().stream()
                        .filter(places::containsKey)
                        .mapToInt(uuid -> places.getOrDefault(uuid, NONE))
                        .toArray())
                .toArray(int[][]::new);
        double[] until = new double[steps.size()];
        int[] before = new int[steps.size()];
        Arrays.fill(before, NONE);
        int last = NONE;
        for (int place : parentsFirst(parents)) {
            for (int parent : parents[place]) {
                if (before[place] == NONE || until[parent] > until[before[place]]) {
                    before[place] = parent;
                }
            }
            until[place] = steps.get(place).link().seconds() + (before[place] == NONE ? 0 : until[before[place]]);
        }
        for (int place = 0; place < until.length; place++) {
            if (last == NONE || until[place] > until[last]) {
                last = place;
            }
        }
        List<Link> links = new ArrayList<>();
        for (int place = last; place != NONE; place = before[place]) {
            links.add(steps.get(place).link());
        }
        return new CriticalPath(last == NONE ? 0 : until[last], links.reversed());
    }

    private static int[] parentsFirst(int[][] parents) {
        int[] waitingFor = new int[parents.length];
        List<List<Integer>> children = new ArrayList<>();
        Arrays.stream(parents).forEach(_ -> children.add(new ArrayList<>()));
        int[] order = new int[parents.length];
        int found = 0;
        for (int place = 0; place < parents.length; place++) {
            waitingFor[place] = parents[place].length;
            for (int parent : parents[place]) {
                children.get(parent).add(place);
            }
            if (parents[place].length == 0) {
                order[found++] = place;
            }
        }
        for (int next = 0; next < found; next++) {
            for (int child : children.get(order[next])) {
                if (--waitingFor[child] == 0) {
                    order[found++] = child;
                }
            }
        }
        return Arrays.copyOf(order, found);
    }
}
