package interlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import interlock.model.DurationSample;
import interlock.model.ExpectedDuration;
import interlock.schedule.Prediction.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictionTest {
    private static final double FAILING = 0.08;
    private static final double SIGMA = 0.5;
    private static final int ATTEMPTS = 3;
    private static final double BACKOFF = 5;

    private static Task task(ExpectedDuration expected, List<Integer> parents, Integer... demands) {
        return new Task(expected, Double.NaN, 0, ATTEMPTS, BACKOFF, parents, List.of(demands), true);
    }

    private static ExpectedDuration estimated(double seconds) {
        return ExpectedDuration.estimated(seconds, DurationSample.NONE);
    }

    private static Prediction predict(List<Task> tasks, int... capacities) {
        return Prediction.of(tasks, IntStream.range(0, tasks.size()).toArray(), capacities, OptionalInt.empty(), 7);
    }

    @Test
    void withoutRecordsTheEstimatesAreCertain() {
        Prediction five = predict(
                IntStream.range(0, 5)
                        .mapToObj(_ -> task(estimated(60), List.of(), 0, 1))
                        .toList(),
                1);

        assertThat(five.p50()).isEqualTo(300);
        assertThat(five.p90()).isEqualTo(300);
        assertThat(five.simulations()).isZero();
    }

    @Test
    void aRunningActionNeedsTheRest() {
        Task running = new Task(estimated(10), 4, 0, 1, 0, List.of(), List.of(), true);
        Task overdue = new Task(estimated(10), 40, 0, 1, 0, List.of(), List.of(), true);

        assertThat(predict(List.of(running)).p50()).isCloseTo(6, within(1e-9));
        assertThat(predict(List.of(overdue)).p50()).isCloseTo(4, within(1e-9));
    }

    @Test
    void aBackOffDelaysAndOtherPlansTakeResources() {
        Task delayed = new Task(estimated(10), Double.NaN, 20, 1, 0, List.of(), List.of(0, 1), true);
        Task other = new Task(estimated(50), 10, 0, 1, 0, List.of(), List.of(0, 1), false);

        Prediction both = predict(List.of(other, delayed), 1);

        assertThat(predict(List.of(delayed), 1).finish(0)).isEqualTo(30);
        assertThat(both.start(1)).isEqualTo(40);
        assertThat(both.p50()).isEqualTo(50);
    }

    @Test
    void theScheduleEndsAtTheMedian() {
        SplittableRandom random = new SplittableRandom(1);
        DurationSample sample = recorded(random, 500);
        List<Task> tasks = IntStream.range(0, 20)
                .mapToObj(_ -> task(ExpectedDuration.recorded(sample), List.of()))
                .toList();

        Prediction prediction = predict(tasks);

        double last =
                IntStream.range(0, 20).mapToDouble(prediction::finish).max().orElseThrow();
        assertThat(last).isEqualTo(prediction.p50());
        assertThat(prediction.p50()).as("the slowest of twenty").isGreaterThan(1.5 * sample.quantile(0.5));
        assertThat(prediction.p90()).isGreaterThan(prediction.p50());
        assertThat(predict(tasks).p90()).as("deterministic").isEqualTo(prediction.p90());
    }

    @Test
    void nineOfTenSimulatedPlansEndBeforeP90() {
        SplittableRandom random = new SplittableRandom(20);
        DurationSample sample = recorded(random, 500);
        int kept = 0;
        int early = 0;
        for (int plan = 0; plan < 200; plan++) {
            List<Task> tasks = plan(random, ExpectedDuration.recorded(sample));
            Prediction prediction = predict(tasks, 2, 3);

            double took = simulated(tasks, random);

            kept += took <= prediction.p90() ? 1 : 0;
            early += took <= prediction.p50() ? 1 : 0;
        }
        assertThat(kept).as("of 200 end before P90").isBetween(160, 194);
        assertThat(early).as("of 200 end before P50").isBetween(75, 125);
    }

    private static double duration(SplittableRandom random) {
        return 20 * Math.exp(SIGMA * random.nextGaussian());
    }

    private static DurationSample recorded(SplittableRandom random, int attempts) {
        List<Double> durations = new ArrayList<>();
        List<Boolean> succeeded = new ArrayList<>();
        for (int attempt = 0; attempt < attempts; attempt++) {
            boolean failed = random.nextDouble() < FAILING;
            durations.add(failed ? duration(random) / 2 : duration(random));
            succeeded.add(!failed);
        }
        return DurationSample.of(durations, succeeded);
    }

    private static List<Task> plan(SplittableRandom random, ExpectedDuration expected) {
        int count = random.nextInt(5, 60);
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<Integer> parents = number == 0 || random.nextInt(3) == 0 ? List.of() : List.of(random.nextInt(number));
            Integer[] demands = random.nextBoolean() ? new Integer[] {random.nextInt(2), 1} : new Integer[0];
            tasks.add(task(expected, parents, demands));
        }
        return tasks;
    }

    /** What really happens: each attempt fails by chance, and then takes its own time and a back-off. */
    private static double simulated(List<Task> tasks, SplittableRandom random) {
        int count = tasks.size();
        long[] nanos = new long[count];
        for (int number = 0; number < count; number++) {
            double total = 0;
            for (int attempt = 1; attempt < ATTEMPTS && random.nextDouble() < FAILING; attempt++) {
                total += duration(random) / 2 + BACKOFF;
            }
            nanos[number] = Math.round(1e9 * (total + duration(random)));
        }
        Project project = new Project(nanos, ints(tasks, Task::parents), ints(tasks, Task::demands), new int[] {2, 3});
        double[] priorities = new double[count];
        for (int number = 0; number < count; number++) {
            priorities[number] = count - number;
        }
        return Forecast.of(project, priorities).times().makespan() / 1e9;
    }

    private static int[][] ints(List<Task> tasks, Function<Task, List<Integer>> numbers) {
        return tasks.stream()
                .map(task ->
                        numbers.apply(task).stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }
}
