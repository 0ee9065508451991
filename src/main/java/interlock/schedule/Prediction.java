package interlock.schedule;

import interlock.model.ExpectedDuration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * How the open actions of a plan will go on, beside those of other plans: the distribution of the end, by simulating the
 * applier with durations drawn from the recorded ones, and one schedule that ends at the median. Deterministic: the same
 * input has the same result.
 */
public final class Prediction {
    /** The simulated actions of all simulations together; larger plans get fewer simulations. */
    private static final int SIMULATED_ACTIONS = 200_000;

    private static final int MOST_SIMULATIONS = 200;
    private static final int FEWEST_SIMULATIONS = 10;

    /** How often the quantile of the schedule that ends at the median is halved in. */
    private static final int HALVINGS = 10;

    private static final double MEDIAN = 0.5;
    private static final double LATE = 0.9;
    private static final double NANOS = 1e9;
    private static final double MOST_SECONDS = 100 * 365.25 * 86_400;

    /**
     * An open action.
     *
     * @param expected the duration of an attempt
     * @param runningFor the seconds since the start of its running attempt; not a number if it does not run
     * @param delay the seconds until it may start, such as a back-off
     * @param attempts how many attempts are left, at least 1
     * @param backoff the seconds between two attempts
     * @param parents the numbers of its open parents
     * @param demands its demands, as in a {@link Project}
     * @param own whether it belongs to the plan; otherwise it only takes resources
     */
    public record Task(
            ExpectedDuration expected,
            double runningFor,
            double delay,
            int attempts,
            double backoff,
            List<Integer> parents,
            List<Integer> demands,
            boolean own) {
        public Task {
            parents = List.copyOf(parents);
            demands = List.copyOf(demands);
        }

        boolean isRunning() {
            return !Double.isNaN(runningFor);
        }

        /** The duration at a quantile, without failures. */
        private double seconds(double share) {
            return isRunning() ? expected.remaining(runningFor, share) : expected.seconds(share);
        }

        /**
         * A duration by chance. After the last attempt has failed, the action counts as ended, as if it was handled.
         */
        private double drawn(SplittableRandom random) {
            double failing = expected.sample().failureShare();
            double total = 0;
            for (int attempt = 1; attempt <= attempts; attempt++) {
                boolean first = attempt == 1 && isRunning();
                double share = random.nextDouble();
                if (random.nextDouble() >= failing) {
                    return total + (first ? expected.remaining(runningFor, share) : expected.seconds(share));
                }
                double failed = expected.scale() * expected.sample().failedQuantile(share);
                total += (first ? Math.max(0, failed - runningFor) : failed) + (attempt < attempts ? backoff : 0);
            }
            return total;
        }
    }

    private final Timetable times;
    private final double p50;
    private final double p90;
    private final int simulations;

    private Prediction(Timetable times, double p50, double p90, int simulations) {
        this.times = times;
        this.p50 = p50;
        this.p90 = p90;
        this.simulations = simulations;
    }

    /** {@return the start of an action, in seconds from now} Running actions start now. */
    public double start(int task) {
        return times.start(task) / NANOS;
    }

    /** {@return the end of an action, in seconds from now} */
    public double finish(int task) {
        return times.finish(task) / NANOS;
    }

    /** {@return the end of the plan's last action in the schedule, in seconds from now} */
    public double p50() {
        return p50;
    }

    /** {@return the end of the plan that nine of ten simulations keep, in seconds from now} At least {@link #p50}. */
    public double p90() {
        return p90;
    }

    /** {@return the number of simulations} */
    public int simulations() {
        return simulations;
    }

    /**
     * {@return the prediction}
     *
     * @param order in which actions start, as far as their parents and resources permit
     * @param capacities of the resources
     * @param slots the resource that stands for slots, if it is considered
     */
    public static Prediction of(List<Task> tasks, int[] order, int[] capacities, OptionalInt slots, long seed) {
        return new Simulation(tasks, order, capacities, slots).predict(seed);
    }

    private static final class Simulation {
        private final List<Task> tasks;
        private final int[] order;
        private final int[] delayed;
        private final Network network;

        /** A delay is an action before the delayed one, without demands. */
        Simulation(List<Task> tasks, int[] order, int[] capacities, OptionalInt slots) {
            this.tasks = tasks;
            int count = tasks.size();
            int[] later = new int[count];
            int delays = 0;
            for (int task = 0; task < count; task++) {
                if (tasks.get(task).delay() > 0 && !tasks.get(task).isRunning()) {
                    later[delays++] = task;
                }
            }
            delayed = Arrays.copyOf(later, delays);
            int[][] parents = new int[count + delays][];
            int[][] demands = new int[count + delays][];
            for (int task = 0; task < count; task++) {
                parents[task] = tasks.get(task).isRunning()
                        ? new int[0]
                        : ints(tasks.get(task).parents());
                demands[task] = ints(tasks.get(task).demands());
            }
            this.order = new int[count + delays];
            for (int at = 0; at < delays; at++) {
                parents[count + at] = new int[0];
                demands[count + at] = new int[0];
                int[] more = Arrays.copyOf(parents[delayed[at]], parents[delayed[at]].length + 1);
                more[more.length - 1] = count + at;
                parents[delayed[at]] = more;
                this.order[at] = count + at;
            }
            System.arraycopy(order, 0, this.order, delays, count);
            network = Network.of(new Project(new long[count + delays], parents, demands, capacities, slots));
        }

        private static int[] ints(List<Integer> numbers) {
            return numbers.stream().mapToInt(Integer::intValue).toArray();
        }

        Prediction predict(long seed) {
            int simulations = tasks.stream().allMatch(Simulation::isCertain)
                    ? 0
                    : Math.clamp(SIMULATED_ACTIONS / Math.max(1, tasks.size()), FEWEST_SIMULATIONS, MOST_SIMULATIONS);
            Timetable median = at(MEDIAN);
            if (simulations == 0) {
                return new Prediction(median, end(median), end(median), 0);
            }
            SplittableRandom random = new SplittableRandom(seed);
            double[] ends = new double[simulations];
            for (int simulation = 0; simulation < simulations; simulation++) {
                double[] seconds = new double[tasks.size()];
                Arrays.setAll(seconds, task -> tasks.get(task).drawn(random));
                ends[simulation] = end(run(seconds));
            }
            Arrays.sort(ends);
            Timetable chosen = endingAt(quantile(ends, MEDIAN), median);
            return new Prediction(chosen, end(chosen), Math.max(end(chosen), quantile(ends, LATE)), simulations);
        }

        private static boolean isCertain(Task task) {
            return task.expected().sample().size() == 0;
        }

        private static double quantile(double[] sorted, double share) {
            double place = Math.clamp(share * sorted.length - MEDIAN, 0, sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }

        /**
         * {@return the schedule that ends closest to a time} All actions have the same quantile of their durations in
         * it, so that the times of the actions and the predicted end of the plan fit together.
         */
        private Timetable endingAt(double wanted, Timetable median) {
            Timetable best = median;
            double low = 0;
            double high = 1;
            double share = MEDIAN;
            Timetable found = median;
            for (int halving = 0; halving < HALVINGS && Math.abs(end(best) - wanted) > wanted / 1000; halving++) {
                if (end(found) < wanted) {
                    low = share;
                } else {
                    high = share;
                }
                share = (low + high) / 2;
                found = at(share);
                best = Math.abs(end(found) - wanted) < Math.abs(end(best) - wanted) ? found : best;
            }
            return best;
        }

        private Timetable at(double share) {
            double[] seconds = new double[tasks.size()];
            Arrays.setAll(seconds, task -> tasks.get(task).seconds(share));
            return run(seconds);
        }

        private Timetable run(double[] seconds) {
            long[] nanos = new long[tasks.size() + delayed.length];
            double most = Math.min(MOST_SECONDS, Long.MAX_VALUE / NANOS / nanos.length);
            for (int task = 0; task < seconds.length; task++) {
                nanos[task] = Math.round(Math.clamp(seconds[task], 0, most) * NANOS);
            }
            for (int at = 0; at < delayed.length; at++) {
                nanos[seconds.length + at] =
                        Math.round(Math.min(most, tasks.get(delayed[at]).delay()) * NANOS);
            }
            return Greedy.run(network.with(nanos), order);
        }

        private double end(Timetable times) {
            long last = 0;
            for (int task = 0; task < tasks.size(); task++) {
                if (tasks.get(task).own()) {
                    last = Math.max(last, times.finish(task));
                }
            }
            return last / NANOS;
        }
    }
}
