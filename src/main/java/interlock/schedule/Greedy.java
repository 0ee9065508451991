package interlock.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Simulates the applier, for projects of any size. Without reservations it has the same result as {@link
 * ParallelScheme}, but an action that lacks a resource waits in a queue of that resource until units are released,
 * instead of being tested at each event.
 */
final class Greedy {
    /** In larger projects the reservations of large demands are not simulated. */
    private static final int MOST_WITH_RESERVATIONS = 5_000;

    private final Network network;
    private final int[] order;
    private final int[] place;
    private final int[] waitingFor;
    private final int[] free;
    private final long[] start;

    /** The queue of actions that lack {@code units} of a resource; it holds positions in the order. */
    private record Queue(int resource, int units, IntHeap waiting) {}

    private final List<List<Queue>> queues = new ArrayList<>();
    private final @Nullable Queue[] queueOf;
    private final IntHeap candidates = new IntHeap();
    private final PriorityQueue<Running> running = new PriorityQueue<>();

    private record Running(long until, int action) implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            int sooner = Long.compare(until, other.until);
            return sooner == 0 ? Integer.compare(action, other.action) : sooner;
        }
    }

    private Greedy(Network network, int[] order) {
        this.network = network;
        this.order = order;
        place = new int[order.length];
        waitingFor = network.parentCount.clone();
        free = network.capacity.clone();
        start = new long[order.length];
        queueOf = new Queue[order.length];
        for (int at = 0; at < order.length; at++) {
            place[order[at]] = at;
        }
        for (int resource = 0; resource < free.length; resource++) {
            queues.add(new ArrayList<>());
        }
    }

    /** {@return the timetable if ready actions are considered in this order} */
    static Timetable run(Network network, int[] order) {
        if (network.size() > MOST_WITH_RESERVATIONS || !network.hasReservations()) {
            return withoutReservations(network, order);
        }
        ParallelScheme scheme = new ParallelScheme(network);
        scheme.run(order);
        long[] start = new long[order.length];
        Arrays.setAll(start, action -> scheme.finish()[action] - network.nanos[action]);
        return new Timetable(network.nanos, start, order);
    }

    static Timetable withoutReservations(Network network, int[] order) {
        Greedy greedy = new Greedy(network, order);
        greedy.run();
        return new Timetable(network.nanos, greedy.start, order);
    }

    private void run() {
        for (int at = 0; at < order.length; at++) {
            if (waitingFor[order[at]] == 0) {
                candidates.add(at);
            }
        }
        start(0);
        while (!running.isEmpty()) {
            long now = running.element().until();
            while (!running.isEmpty() && running.element().until() == now) {
                end(running.remove().action());
            }
            start(now);
        }
    }

    private void start(long now) {
        while (!candidates.isEmpty()) {
            int at = candidates.poll();
            int action = order[at];
            Queue queue = queueOf[action];
            if (queue != null) {
                if (free[queue.resource()] < queue.units()) {
                    continue;
                }
                queue.waiting().poll();
                queueOf[action] = null;
            }
            int lacking = lacking(action);
            if (lacking < 0) {
                start[action] = now;
                take(action, -1);
                running.add(new Running(now + network.nanos[action], action));
            } else {
                park(at, lacking);
            }
            if (queue != null && !queue.waiting().isEmpty() && free[queue.resource()] >= queue.units()) {
                candidates.add(queue.waiting().peek());
            }
        }
    }

    private int lacking(int action) {
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            if (free[network.resource[at]] < network.units[at]) {
                return at;
            }
        }
        return -1;
    }

    private void take(int action, int sign) {
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            free[network.resource[at]] += sign * network.units[at];
        }
    }

    private void park(int at, int lacking) {
        Queue queue = queue(network.resource[lacking], network.units[lacking]);
        queue.waiting().add(at);
        queueOf[order[at]] = queue;
    }

    private Queue queue(int resource, int units) {
        for (Queue queue : queues.get(resource)) {
            if (queue.units() == units) {
                return queue;
            }
        }
        Queue queue = new Queue(resource, units, new IntHeap());
        queues.get(resource).add(queue);
        return queue;
    }

    private void end(int action) {
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            int resource = network.resource[at];
            int before = free[resource];
            free[resource] += network.units[at];
            for (Queue queue : queues.get(resource)) {
                if (queue.units() > before
                        && queue.units() <= free[resource]
                        && !queue.waiting().isEmpty()) {
                    candidates.add(queue.waiting().peek());
                }
            }
        }
        for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
            int child = network.children[at];
            if (--waitingFor[child] == 0) {
                candidates.add(place[child]);
            }
        }
    }
}
