package interlock.schedule;

import java.util.Arrays;

/**
 * A project in flat arrays, for the inner loops: the children of action {@code a} are {@code children[firstChild[a]]}
 * to {@code children[firstChild[a + 1] - 1]}, and likewise its demands.
 */
final class Network {
    final long[] nanos;
    final int[] parentCount;
    final int[] firstChild;
    final int[] children;
    final int[] firstDemand;
    final int[] resource;
    final int[] units;
    final int[] capacity;
    /** The resource that stands for slots; negative: none. */
    final int slots;
    /** The actions in topological order: parents first. */
    final int[] topological;

    private final Demands demands;

    private Network(
            long[] nanos,
            int[] parentCount,
            int[] firstChild,
            int[] children,
            Demands demands,
            int[] capacity,
            int slots,
            int[] topological) {
        this.nanos = nanos;
        this.parentCount = parentCount;
        this.firstChild = firstChild;
        this.children = children;
        this.demands = demands;
        firstDemand = demands.first;
        resource = demands.resource;
        units = demands.units;
        this.capacity = capacity;
        this.slots = slots;
        this.topological = topological;
    }

    /** The demands of actions, in the same layout as the children. */
    private static final class Demands {
        private int[] resource = new int[8];
        private int[] units = new int[8];
        private final int[] first;
        private int size;

        Demands(int actions) {
            first = new int[actions + 1];
        }

        void add(int ofWhat, int howMuch) {
            if (size == resource.length) {
                resource = Arrays.copyOf(resource, 2 * size);
                units = Arrays.copyOf(units, 2 * size);
            }
            resource[size] = ofWhat;
            units[size++] = howMuch;
        }

        Demands trimmed() {
            resource = Arrays.copyOf(resource, size);
            units = Arrays.copyOf(units, size);
            return this;
        }
    }

    /** {@return the network of a project} Resources that never limit the schedule are left out. */
    static Network of(Project project) {
        int count = project.size();
        int[] parentCount = new int[count];
        int[] firstChild = new int[count + 1];
        for (int action = 0; action < count; action++) {
            parentCount[action] = project.parents(action).length;
            for (int parent : project.parents(action)) {
                firstChild[parent + 1]++;
            }
        }
        sum(firstChild);
        int[] children = new int[firstChild[count]];
        int[] next = firstChild.clone();
        for (int action = 0; action < count; action++) {
            for (int parent : project.parents(action)) {
                children[next[parent]++] = action;
            }
        }
        long[] nanos = new long[count];
        Arrays.setAll(nanos, project::nanos);
        int[] topological = topological(parentCount, firstChild, children);
        return new Network(
                nanos,
                parentCount,
                firstChild,
                children,
                scarce(project),
                project.capacities(),
                project.slots(),
                topological);
    }

    /** {@return the same network with other durations, in nanoseconds; their sum must not overflow} */
    Network with(long[] others) {
        return new Network(others, parentCount, firstChild, children, demands, capacity, slots, topological);
    }

    private static Demands scarce(Project project) {
        long[] total = new long[project.capacities().length];
        for (int action = 0; action < project.size(); action++) {
            int[] demands = project.demands(action);
            for (int at = 0; at < demands.length; at += 2) {
                total[demands[at]] += demands[at + 1];
            }
        }
        Demands scarce = new Demands(project.size());
        for (int action = 0; action < project.size(); action++) {
            int[] demands = project.demands(action);
            for (int at = 0; at < demands.length; at += 2) {
                if (total[demands[at]] > project.capacities()[demands[at]]) {
                    scarce.add(demands[at], demands[at + 1]);
                }
            }
            scarce.first[action + 1] = scarce.size;
        }
        return scarce.trimmed();
    }

    int size() {
        return nanos.length;
    }

    /**
     * {@return whether reservations can have an effect} They have none if each action takes at most one unit of one resource, slots
     * apart.
     */
    boolean hasReservations() {
        for (int action = 0; action < size(); action++) {
            int taken = 0;
            for (int at = firstDemand[action]; at < firstDemand[action + 1]; at++) {
                taken += resource[at] == slots ? 0 : units[at];
            }
            if (taken > 1) {
                return true;
            }
        }
        return false;
    }

    /** {@return the same project with time reversed} */
    Network reversed() {
        int count = size();
        int[] parentCounts = new int[count];
        int[] first = new int[count + 1];
        for (int action = 0; action < count; action++) {
            parentCounts[action] = firstChild[action + 1] - firstChild[action];
            first[action + 1] = first[action] + parentCount[action];
        }
        int[] next = first.clone();
        int[] back = new int[children.length];
        for (int action = 0; action < count; action++) {
            for (int at = firstChild[action]; at < firstChild[action + 1]; at++) {
                back[next[children[at]]++] = action;
            }
        }
        int[] order = new int[count];
        for (int at = 0; at < count; at++) {
            order[at] = topological[count - 1 - at];
        }
        return new Network(nanos, parentCounts, first, back, demands, capacity, slots, order);
    }

    /** {@return by action: the longest path from its start to the project's end} */
    long[] remainingPaths() {
        long[] longest = new long[size()];
        for (int at = size() - 1; at >= 0; at--) {
            int action = topological[at];
            longest[action] = behind(action, longest) + nanos[action];
        }
        return longest;
    }

    private long behind(int action, long[] longest) {
        long most = 0;
        for (int at = firstChild[action]; at < firstChild[action + 1]; at++) {
            most = Math.max(most, longest[children[at]]);
        }
        return most;
    }

    private static int[] topological(int[] parentCount, int[] firstChild, int[] children) {
        int[] waitingFor = parentCount.clone();
        int[] order = new int[waitingFor.length];
        int found = 0;
        for (int action = 0; action < waitingFor.length; action++) {
            if (waitingFor[action] == 0) {
                order[found++] = action;
            }
        }
        for (int next = 0; next < found; next++) {
            for (int at = firstChild[order[next]]; at < firstChild[order[next] + 1]; at++) {
                if (--waitingFor[children[at]] == 0) {
                    order[found++] = children[at];
                }
            }
        }
        if (found < order.length) {
            throw new IllegalArgumentException(
                    "%d actions wait for one another in a cycle".formatted(order.length - found));
        }
        return order;
    }

    private static void sum(int[] counts) {
        for (int at = 1; at < counts.length; at++) {
            counts[at] += counts[at - 1];
        }
    }
}
