package interlock.schedule;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A genetic algorithm over orders of the actions, after Hartmann (1998) and Valls, Ballestín and Quintanilla (2008).
 * The initial population consists of the orders of the rules and of random orders biased by latest finish. Orders are
 * recombined by two-point crossover. Each schedule is shifted to the right and back to the left, which never makes it
 * longer.
 */
final class Search {
    private static final int POPULATION = 80;
    private static final int RIVALS = 4;
    private static final double SWAPS = 0.05;

    private final Network network;
    private final Scheme forward;
    private final Scheme backward;
    private final SplittableRandom random;
    private final int[][] orders;
    private final long[] makespans;
    private final int[] scratch;
    private final boolean[] taken;
    private final int[] best;
    private long shortest = Long.MAX_VALUE;

    /** Creates a search that generates schedules with {@code forward}. */
    Search(Network network, Scheme forward, long seed) {
        this.network = network;
        this.forward = forward;
        backward = new SerialScheme(network.reversed());
        random = new SplittableRandom(seed);
        int count = network.size();
        orders = new int[POPULATION][count];
        makespans = new long[POPULATION];
        scratch = new int[count];
        taken = new boolean[count];
        best = new int[count];
    }

    /** {@return the shortest schedule that was found before the allowance ended or the bound was reached} */
    Optional<Timetable> run(long bound, BooleanSupplier allowance) {
        BooleanSupplier goesOn = () -> shortest > bound && allowance.getAsBoolean();
        int known = 0;
        while (known < POPULATION && goesOn.getAsBoolean()) {
            first(known, orders[known]);
            makespans[known] = improve(orders[known], goesOn);
            known++;
        }
        int[] child = new int[network.size()];
        while (goesOn.getAsBoolean()) {
            cross(orders[winner()], orders[winner()], child);
            mutate(child);
            long makespan = improve(child, goesOn);
            int loser = loser();
            if (makespan <= makespans[loser] && isNew(child, makespan)) {
                int[] freed = orders[loser];
                orders[loser] = child;
                makespans[loser] = makespan;
                child = freed;
            }
        }
        return shortest == Long.MAX_VALUE ? Optional.empty() : Optional.of(timetable());
    }

    private Timetable timetable() {
        forward.run(best);
        long[] start = new long[best.length];
        for (int action = 0; action < start.length; action++) {
            start[action] = forward.finish()[action] - network.nanos[action];
        }
        return new Timetable(network.nanos, start, best.clone());
    }

    private void first(int number, int[] order) {
        Rule[] rules = Rule.values();
        boolean random = number >= rules.length;
        Rule rule = random ? Rule.LATEST_FINISH : rules[number];
        draw(rule.urgency(network), random, order);
    }

    /** Generates an order with parents before children: by urgency, or at random with a bias towards urgent actions. */
    private void draw(long[] urgency, boolean randomly, int[] order) {
        int[] waitingFor = network.parentCount.clone();
        int[] ready = new int[order.length];
        double[] weight = new double[order.length];
        int found = 0;
        for (int action = 0; action < order.length; action++) {
            if (waitingFor[action] == 0) {
                ready[found++] = action;
            }
        }
        double typical = 1 + (double) Arrays.stream(network.nanos).sum() / Math.max(1, order.length) / 5;
        for (int at = 0; at < order.length; at++) {
            int chosen = randomly ? biased(ready, found, urgency, typical, weight) : mostUrgent(ready, found, urgency);
            int action = ready[chosen];
            order[at] = action;
            ready[chosen] = ready[--found];
            for (int next = network.firstChild[action]; next < network.firstChild[action + 1]; next++) {
                if (--waitingFor[network.children[next]] == 0) {
                    ready[found++] = network.children[next];
                }
            }
        }
    }

    private static int mostUrgent(int[] ready, int found, long[] urgency) {
        int most = 0;
        for (int at = 1; at < found; at++) {
            if (urgency[ready[at]] > urgency[ready[most]]) {
                most = at;
            }
        }
        return most;
    }

    /** The probability grows with the square of the regret: the urgency above that of the least urgent ready action. */
    private int biased(int[] ready, int found, long[] urgency, double typical, double[] weight) {
        long least = Long.MAX_VALUE;
        for (int at = 0; at < found; at++) {
            least = Math.min(least, urgency[ready[at]]);
        }
        double total = 0;
        for (int at = 0; at < found; at++) {
            double regret = urgency[ready[at]] - least + typical;
            weight[at] = regret * regret;
            total += weight[at];
        }
        double drawn = random.nextDouble() * total - weight[0];
        int at = 0;
        while (drawn > 0 && at + 1 < found) {
            drawn -= weight[++at];
        }
        return at;
    }

    /** Generates a schedule, shifts it to the right and back to the left, and stores the resulting order. */
    private long improve(int[] order, BooleanSupplier goesOn) {
        long makespan = schedule(order);
        if (!goesOn.getAsBoolean()) {
            return makespan;
        }
        Orders.reverse(order);
        Orders.sortDescending(order, forward.finish(), scratch);
        backward.run(order);
        Orders.reverse(order);
        Orders.sortDescending(order, backward.finish(), scratch);
        return goesOn.getAsBoolean() ? schedule(order) : makespan;
    }

    private long schedule(int[] order) {
        long makespan = forward.run(order);
        if (makespan < shortest) {
            shortest = makespan;
            System.arraycopy(order, 0, best, 0, best.length);
        }
        return makespan;
    }

    private void cross(int[] mother, int[] father, int[] child) {
        int from = random.nextInt(child.length);
        int to = from + random.nextInt(child.length - from + 1);
        Arrays.fill(taken, false);
        for (int at = 0; at < from; at++) {
            child[at] = mother[at];
            taken[mother[at]] = true;
        }
        int next = from;
        for (int at = 0; next < to; at++) {
            if (!taken[father[at]]) {
                child[next++] = father[at];
                taken[father[at]] = true;
            }
        }
        for (int at = 0; next < child.length; at++) {
            if (!taken[mother[at]]) {
                child[next++] = mother[at];
            }
        }
    }

    private void mutate(int[] order) {
        for (int at = 0; at + 1 < order.length; at++) {
            if (random.nextDouble() < SWAPS && !isChild(order[at], order[at + 1])) {
                int held = order[at];
                order[at] = order[at + 1];
                order[at + 1] = held;
            }
        }
    }

    private boolean isChild(int action, int other) {
        for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
            if (network.children[at] == other) {
                return true;
            }
        }
        return false;
    }

    private boolean isNew(int[] order, long makespan) {
        for (int at = 0; at < POPULATION; at++) {
            if (makespans[at] == makespan && Arrays.equals(orders[at], order)) {
                return false;
            }
        }
        return true;
    }

    private int winner() {
        int one = random.nextInt(POPULATION);
        int other = random.nextInt(POPULATION);
        return makespans[one] <= makespans[other] ? one : other;
    }

    private int loser() {
        int loser = random.nextInt(POPULATION);
        for (int rival = 1; rival < RIVALS; rival++) {
            int other = random.nextInt(POPULATION);
            loser = makespans[other] > makespans[loser] ? other : loser;
        }
        return loser;
    }
}
