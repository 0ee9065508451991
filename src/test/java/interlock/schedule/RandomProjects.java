package interlock.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Makes random projects in the way of ProGen, which made PSPLIB's (Kolisch, Sprecher and Drexl, 1995). */
final class RandomProjects {
    private static final int RESOURCES = 4;
    private static final int ENDS = 3;
    private static final int MOST_ARCS = 3;

    /**
     * What makes a project hard.
     *
     * @param complexity arcs for each node, the start and the end counted as nodes (NC)
     * @param factor what share of the resources an action takes (RF)
     * @param strength how much there is of them: 0, as little as can be; 1, enough for earliest starts (RS)
     */
    record Shape(int actions, double complexity, double factor, double strength) {}

    private final SplittableRandom random;

    RandomProjects(long seed) {
        random = new SplittableRandom(seed);
    }

    /** {@return the 48 shapes of J30, J60 and J90} */
    static List<Shape> shapes(int actions) {
        return shapes(actions, 0.2, 0.5, 0.7, 1.0);
    }

    /** {@return the 60 shapes of J120} */
    static List<Shape> tightShapes(int actions) {
        return shapes(actions, 0.1, 0.2, 0.3, 0.4, 0.5);
    }

    private static List<Shape> shapes(int actions, double... strengths) {
        List<Shape> shapes = new ArrayList<>();
        for (double complexity : new double[] {1.5, 1.8, 2.1}) {
            for (double factor : new double[] {0.25, 0.5, 0.75, 1.0}) {
                for (double strength : strengths) {
                    shapes.add(new Shape(actions, complexity, factor, strength));
                }
            }
        }
        return shapes;
    }

    Project next(Shape shape) {
        int count = shape.actions();
        int[][] parents = parents(count, shape.complexity());
        long[] nanos = new long[count];
        for (int action = 0; action < count; action++) {
            nanos[action] = random.nextInt(1, 11);
        }
        int[][] units = units(count, shape.factor());
        int[] capacities = capacities(nanos, parents, units, shape.strength());
        int[][] demands = new int[count][];
        for (int action = 0; action < count; action++) {
            demands[action] = pairs(units[action]);
        }
        return new Project(nanos, parents, demands, capacities);
    }

    private int[][] parents(int count, double complexity) {
        while (true) {
            BitSet[] before = new BitSet[count];
            List<List<Integer>> parents = new ArrayList<>();
            int[] children = new int[count];
            for (int action = 0; action < count; action++) {
                before[action] = new BitSet(count);
                parents.add(new ArrayList<>());
            }
            if (connect(complexity, before, parents, children)) {
                return parents.stream()
                        .map(its -> its.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
            }
        }
    }

    private boolean connect(double complexity, BitSet[] before, List<List<Integer>> parents, int[] children) {
        int count = children.length;
        int arcs = 2 * ENDS;
        for (int action = ENDS; action < count; action++) {
            int parent;
            do {
                parent = random.nextInt(Math.min(action, count - ENDS));
            } while (children[parent] == MOST_ARCS);
            arcs += join(parent, action, before, parents, children) ? 1 : 0;
        }
        for (int action = 0; action < count - ENDS; action++) {
            for (int tries = 0; children[action] == 0; tries++) {
                arcs += join(action, random.nextInt(Math.max(ENDS, action + 1), count), before, parents, children)
                        ? 1
                        : 0;
                if (tries > 1000) {
                    return false;
                }
            }
        }
        long wanted = Math.round(complexity * (count + 2));
        for (int tries = 0; arcs < wanted; tries++) {
            int parent = random.nextInt(count - ENDS);
            int child = random.nextInt(Math.max(ENDS, parent + 1), count);
            arcs += join(parent, child, before, parents, children) ? 1 : 0;
            if (tries > 200_000) {
                return false;
            }
        }
        return true;
    }

    /** Joins the two unless one has arcs enough, or an arc would say what others say already. */
    private static boolean join(int parent, int child, BitSet[] before, List<List<Integer>> parents, int[] children) {
        if (children[parent] == MOST_ARCS || parents.get(child).size() == MOST_ARCS || before[child].get(parent)) {
            return false;
        }
        BitSet above = (BitSet) before[parent].clone();
        above.set(parent);
        int count = before.length;
        for (int below = child; below < count; below++) {
            if (below == child || before[below].get(child)) {
                for (int its : parents.get(below)) {
                    if (above.get(its)) {
                        return false;
                    }
                }
            }
        }
        for (int below = child; below < count; below++) {
            if (below == child || before[below].get(child)) {
                before[below].or(above);
            }
        }
        parents.get(child).add(parent);
        children[parent]++;
        return true;
    }

    private int[][] units(int count, double factor) {
        int[][] units = new int[count][RESOURCES];
        int used = 0;
        for (int[] its : units) {
            its[random.nextInt(RESOURCES)] = random.nextInt(1, 11);
            used++;
        }
        while (used < Math.round(factor * RESOURCES * count)) {
            int[] its = units[random.nextInt(count)];
            int resource = random.nextInt(RESOURCES);
            if (its[resource] == 0) {
                its[resource] = random.nextInt(1, 11);
                used++;
            }
        }
        return units;
    }

    private static int[] capacities(long[] nanos, int[][] parents, int[][] units, double strength) {
        int count = nanos.length;
        long[] start = new long[count];
        long horizon = 0;
        for (int action = 0; action < count; action++) {
            for (int parent : parents[action]) {
                start[action] = Math.max(start[action], start[parent] + nanos[parent]);
            }
            horizon = Math.max(horizon, start[action] + nanos[action]);
        }
        int[] capacities = new int[RESOURCES];
        for (int resource = 0; resource < RESOURCES; resource++) {
            int least = 0;
            int[] load = new int[(int) horizon];
            int peak = 0;
            for (int action = 0; action < count; action++) {
                least = Math.max(least, units[action][resource]);
                for (long at = start[action]; at < start[action] + nanos[action]; at++) {
                    load[(int) at] += units[action][resource];
                    peak = Math.max(peak, load[(int) at]);
                }
            }
            capacities[resource] = (int) (least + Math.round(strength * (peak - least)));
        }
        return capacities;
    }

    private static int[] pairs(int[] units) {
        List<Integer> pairs = new ArrayList<>();
        for (int resource = 0; resource < units.length; resource++) {
            if (units[resource] > 0) {
                pairs.add(resource);
                pairs.add(units[resource]);
            }
        }
        return pairs.stream().mapToInt(Integer::intValue).toArray();
    }
}
