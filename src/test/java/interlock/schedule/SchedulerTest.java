package interlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import interlock.schedule.RandomProjects.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SchedulerTest {
    private static final Budget SOME = Budget.ofSchedules(600, 1);
    private static final int[] NONE = {};

    @Test
    void anEmptyProjectTakesNoTime() {
        Schedule schedule = Scheduler.schedule(new Project(new long[0], new int[0][], new int[0][], new int[0]), SOME);

        assertThat(schedule.shortest().makespan()).isZero();
        assertThat(schedule.lowerBound()).isZero();
    }

    @Test
    void withoutResourcesTheCriticalPathIsTheMakespan() {
        Project project = new Project(
                new long[] {3, 2, 4, 1},
                new int[][] {NONE, {0}, {0}, {1, 2}},
                new int[][] {NONE, NONE, NONE, NONE},
                new int[0]);

        Schedule schedule = Scheduler.schedule(project, Budget.NONE);

        assertThat(schedule.applied().makespan()).isEqualTo(8).isEqualTo(schedule.lowerBound());
        assertThat(schedule.applied().start(3)).isEqualTo(7);
        assertThat(schedule.applied().finish(1)).isEqualTo(5);
    }

    @Test
    void theLongChainGoesFirstThroughTheBottleneck() {
        Project project = new Project(
                new long[] {2, 2, 9}, new int[][] {NONE, NONE, {1}}, new int[][] {{0, 1}, {0, 1}, NONE}, new int[] {1});

        Schedule schedule = Scheduler.schedule(project, Budget.NONE);

        assertThat(schedule.applied().makespan()).isEqualTo(11);
        assertThat(schedule.priority(1)).isGreaterThan(schedule.priority(0));
    }

    @Test
    void theShortestMayKeepAResourceIdleWhichTheApplierDoesNot() {
        Project project = new Project(
                new long[] {1, 10, 10, 5},
                new int[][] {NONE, {0}, {1}, NONE},
                new int[][] {NONE, {0, 2}, NONE, {0, 1}},
                new int[] {2});

        Schedule schedule = Scheduler.schedule(project, SOME);

        assertThat(schedule.shortest().makespan()).isEqualTo(21).isEqualTo(schedule.lowerBound());
        assertThat(schedule.shortest().start(3)).isEqualTo(11);
        assertThat(schedule.applied().makespan()).isEqualTo(25);
        assertThat(schedule.applied().start(3)).isZero();
    }

    @Test
    void whatNeverRunsTogetherCountsInTheLowerBoundAsOne() {
        Project project = new Project(
                new long[] {5, 5, 5}, new int[][] {NONE, NONE, NONE}, new int[][] {{0, 3}, {0, 3}, {0, 4}}, new int[] {5
                });

        assertThat(Scheduler.schedule(project, Budget.NONE).lowerBound()).isEqualTo(15);
    }

    @Test
    void theLowerBoundCountsWhatComesBeforeAndAfterABottleneck() {
        Project project = new Project(
                new long[] {7, 2, 2, 2, 9},
                new int[][] {NONE, {0}, {0}, {0}, {1, 2, 3}},
                new int[][] {NONE, {0, 1}, {0, 1}, {0, 1}, NONE},
                new int[] {1});

        assertThat(Scheduler.schedule(project, Budget.NONE).lowerBound()).isEqualTo(22);
    }

    @Test
    void smallProjectsAreSolved() {
        SplittableRandom random = new SplittableRandom(5);
        for (int time = 0; time < 150; time++) {
            Project project = small(random);
            Network network = Network.of(project);
            List<int[]> orders = new ArrayList<>();
            permute(new int[project.size()], 0, 0, orders);

            Schedule schedule = Scheduler.schedule(project, SOME);

            assertThat(schedule.shortest().makespan())
                    .as("shortest of project %d", time)
                    .isEqualTo(least(orders, order -> UnitTime.makespan(project, order)));
            assertThat(schedule.applied().makespan())
                    .as("applied to project %d", time)
                    .isEqualTo(least(orders, order -> Greedy.run(network, order).makespan()));
            assertThat(schedule.lowerBound())
                    .isLessThanOrEqualTo(schedule.shortest().makespan());
        }
    }

    @Test
    void everyScheduleCanBeDone() {
        RandomProjects projects = new RandomProjects(3);
        for (Shape shape : RandomProjects.shapes(30)) {
            Project project = projects.next(shape);

            Schedule schedule = Scheduler.schedule(project, Budget.ofSchedules(200, 2));

            for (Timetable times : List.of(schedule.byRule(), schedule.applied(), schedule.shortest())) {
                UnitTime.check(project, times);
                assertThat(schedule.lowerBound()).as("%s", shape).isLessThanOrEqualTo(times.makespan());
            }
            assertThat(schedule.applied().makespan())
                    .isBetween(schedule.shortest().makespan(), schedule.byRule().makespan());
        }
    }

    @Test
    void bothWaysToBeGreedyAreOne() {
        RandomProjects projects = new RandomProjects(4);
        SplittableRandom random = new SplittableRandom(4);
        for (Shape shape : RandomProjects.tightShapes(60)) {
            Network network = Network.of(withoutReservations(projects.next(shape)));
            ParallelScheme scheme = new ParallelScheme(network);
            int[] order = shuffled(network.size(), random);

            scheme.run(order);

            Timetable times = Greedy.withoutReservations(network, order);
            long[] finish = new long[network.size()];
            Arrays.setAll(finish, times::finish);
            assertThat(finish).isEqualTo(scheme.finish());
        }
    }

    /** {@return the same project; each action takes one unit of one resource} */
    private static Project withoutReservations(Project project) {
        long[] nanos = new long[project.size()];
        int[][] parents = new int[nanos.length][];
        int[][] demands = new int[nanos.length][];
        for (int action = 0; action < nanos.length; action++) {
            nanos[action] = project.nanos(action);
            parents[action] = project.parents(action);
            demands[action] = new int[] {project.demands(action)[0], 1};
        }
        return new Project(nanos, parents, demands, new int[] {2, 3, 1, 4});
    }

    @Test
    void aSeedAndANumberOfSchedulesDecideTheResult() {
        Project project = new RandomProjects(9).next(new Shape(60, 1.8, 0.75, 0.2));

        Schedule one = Scheduler.schedule(project, Budget.ofSchedules(1000, 7));
        Schedule other = Scheduler.schedule(project, Budget.ofSchedules(1000, 7));

        for (int action = 0; action < project.size(); action++) {
            assertThat(one.shortest().start(action)).isEqualTo(other.shortest().start(action));
            assertThat(one.priority(action)).isEqualTo(other.priority(action));
        }
    }

    @Test
    void theSearchEndsWhenItsTimeIsUp() {
        Project project = new RandomProjects(9).next(new Shape(60, 1.8, 1.0, 0.2));
        AtomicLong nanos = new AtomicLong();

        Schedule schedule =
                Scheduler.schedule(project, Budget.of(Duration.ofMillis(2), () -> nanos.addAndGet(1_000), 1));

        assertThat(nanos.get()).isCloseTo(2_000_000, within(20_000L));
        long byRule = schedule.byRule().makespan();
        assertThat(schedule.applied().makespan()).isLessThan(byRule);
        assertThat(schedule.shortest().makespan()).isLessThan(byRule);
    }

    @Test
    void onProjectsLikeThoseOfJ60TheSearchGetsNearTheBestKnown() {
        RandomProjects projects = new RandomProjects(7);
        double shortest = 0;
        double applied = 0;
        List<Shape> shapes = RandomProjects.shapes(60);
        for (Shape shape : shapes) {
            Project project = projects.next(shape);
            double path =
                    Arrays.stream(Network.of(project).remainingPaths()).max().orElseThrow();
            Schedule schedule = Scheduler.schedule(project, Budget.ofSchedules(3000, 1));
            shortest += 100 * (schedule.shortest().makespan() / path - 1) / shapes.size();
            applied += 100 * (schedule.applied().makespan() / path - 1) / shapes.size();
        }

        assertThat(shortest).isLessThan(11.5);
        assertThat(applied).isLessThan(13);
    }

    @Test
    @Timeout(60)
    void aHundredThousandActionsAreOrderedByRule() {
        SplittableRandom random = new SplittableRandom(1);
        int count = 100_000;
        long[] nanos = new long[count];
        int[][] parents = new int[count][];
        int[][] demands = new int[count][];
        for (int action = 0; action < count; action++) {
            nanos[action] = random.nextLong(1, 3_600_000_000_000L);
            parents[action] = action < 1000 || action % 2 == 0 ? NONE : new int[] {random.nextInt(action)};
            demands[action] = new int[] {random.nextInt(500), 1, 500 + random.nextInt(500), 1, 1000, 1};
        }
        int[] capacities = new int[1001];
        Arrays.fill(capacities, 2);
        capacities[1000] = 300;

        Schedule schedule = Scheduler.schedule(
                new Project(nanos, parents, demands, capacities), Budget.of(Duration.ofDays(1), () -> 0, 1));

        assertThat(schedule.applied().makespan())
                .isBetween(schedule.lowerBound(), Math.round(1.2 * schedule.lowerBound()));
    }

    @Test
    @Timeout(60)
    void aHundredThousandActionsMayWaitForOneResource() {
        int count = 100_000;
        long[] nanos = new long[count];
        int[][] demands = new int[count][];
        for (int action = 0; action < count; action++) {
            nanos[action] = 1 + action % 7;
            demands[action] = new int[] {0, 1 + action % 3};
        }
        int[][] parents = new int[count][];
        Arrays.fill(parents, NONE);

        Schedule schedule = Scheduler.schedule(new Project(nanos, parents, demands, new int[] {8}), Budget.NONE);

        assertThat(schedule.applied().makespan())
                .isBetween(schedule.lowerBound(), Math.round(1.1 * schedule.lowerBound()));
    }

    @Test
    void whatCouldNeverRunIsRefused() {
        assertThatThrownBy(() -> new Project(new long[] {1}, new int[][] {NONE}, new int[][] {{0, 3}}, new int[] {2}))
                .hasMessage("action 0 takes 3 units of resource 0, which has 2");
        assertThatThrownBy(() -> Scheduler.schedule(
                        new Project(new long[] {1, 1}, new int[][] {{1}, {0}}, new int[][] {NONE, NONE}, new int[0]),
                        Budget.NONE))
                .hasMessage("2 actions wait for one another in a cycle");
    }

    private static Project small(SplittableRandom random) {
        int count = random.nextInt(2, 7);
        long[] nanos = new long[count];
        int[][] parents = new int[count][];
        int[][] demands = new int[count][];
        for (int action = 0; action < count; action++) {
            nanos[action] = random.nextInt(1, 6);
            parents[action] = action == 0 || random.nextInt(3) == 0 ? NONE : new int[] {random.nextInt(action)};
            demands[action] = switch (random.nextInt(4)) {
                case 0 -> NONE;
                case 1 -> new int[] {0, random.nextInt(1, 5)};
                case 2 -> new int[] {1, random.nextInt(1, 4)};
                default -> new int[] {0, random.nextInt(1, 5), 1, random.nextInt(1, 4)};
            };
        }
        return new Project(nanos, parents, demands, new int[] {4, 3});
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int at = 0; at < count; at++) {
            int other = random.nextInt(at + 1);
            order[at] = order[other];
            order[other] = at;
        }
        return order;
    }

    private static void permute(int[] order, int placed, int used, List<int[]> orders) {
        if (placed == order.length) {
            orders.add(order.clone());
        }
        for (int action = 0; action < order.length; action++) {
            if ((used & 1 << action) == 0) {
                order[placed] = action;
                permute(order, placed + 1, used | 1 << action, orders);
            }
        }
    }

    private static long least(List<int[]> orders, ToLongFunction<int[]> makespan) {
        return orders.stream().mapToLong(makespan).min().orElseThrow();
    }
}
