package interlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.RetryPolicy;
import interlock.applier.Candidate;
import interlock.applier.Picker;
import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.InvalidPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final ResourceKey HOST = new ResourceKey("compute_host", "h1");
    private static final PlanProject.Limits LIMITS =
            new PlanProject.Limits(new Capacities(Map.of("compute_host", 2), Map.of())::of, OptionalInt.empty());

    @Test
    void theAppliersPickerDoesWhatTheScheduleSays() {
        SplittableRandom random = new SplittableRandom(8);
        for (int time = 0; time < 100; time++) {
            Project project = withInstantActions(random);

            Schedule schedule = Scheduler.schedule(project, Budget.ofSchedules(100, time));

            double[] priorities = priorities(project, schedule);
            long[] planned = starts(project, schedule.applied());
            assertThat(picked(project, priorities)).as("project %d", time).isEqualTo(planned);
            assertThat(starts(project, Forecast.of(project, priorities).times()))
                    .as("project %d", time)
                    .isEqualTo(planned);
        }
    }

    @Test
    void durationsThatAddUpToMoreThanALongAreShortened() {
        long century = Duration.ofDays(36_525).toNanos();
        long[] nanos = {century, century, century, 1};
        Project project = new Project(nanos, new int[][] {{}, {0}, {1}, {2}}, new int[4][0], new int[0]);

        Forecast forecast = Forecast.of(project, new double[4]);

        assertThat(forecast.times().makespan()).isBetween(2 * century, Long.MAX_VALUE);
        assertThat(project.nanos(3)).isOne();
    }

    @Test
    void theCriticalPathIsAChainWithoutGaps() {
        SplittableRandom random = new SplittableRandom(9);
        for (int time = 0; time < 100; time++) {
            Project project = withInstantActions(random);

            Forecast forecast = Forecast.of(project, new double[project.size()]);

            long at = 0;
            for (Forecast.Link link : forecast.criticalPath()) {
                assertThat(forecast.times().start(link.action())).isEqualTo(at);
                at = forecast.times().finish(link.action());
            }
            assertThat(at).isEqualTo(forecast.times().makespan());
        }
    }

    @Test
    void theCriticalPathTellsWhatWasWaitedFor() {
        ActionGraph graph = new ActionGraph(List.of(
                action("a", 5, Set.of(), new ResourceUse(HOST, 2)),
                action("b", 3, Set.of(), new ResourceUse(HOST, 1)),
                action("c", 4, Set.of("b"))));
        PlanProject plan = PlanProject.of(graph, LIMITS);

        Forecast forecast = Forecast.of(plan.project(), new double[] {9, 7, 4});

        assertThat(forecast.criticalPath())
                .containsExactly(
                        new Forecast.Link(0, OptionalInt.empty()),
                        new Forecast.Link(1, OptionalInt.of(plan.resources().indexOf(HOST))),
                        new Forecast.Link(2, OptionalInt.empty()));
        assertThat(Duration.ofNanos(forecast.times().makespan())).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void aPlansOwnPrioritiesCanBeForecast() {
        ActionGraph graph = new ActionGraph(List.of(
                action("short", 2, Set.of(), new ResourceUse(HOST, 2)),
                action("long", 3, Set.of(), new ResourceUse(HOST, 2))));

        Forecast forecast = Forecast.of(
                PlanProject.of(graph, LIMITS).project(),
                new double[] {graph.remainingSeconds(0), graph.remainingSeconds(1)});

        assertThat(forecast.times().start(1)).isZero();
        assertThat(Duration.ofNanos(forecast.times().start(0))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void slotsAndTypesAreResourcesToo() {
        List<PlannedAction> actions = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            actions.add(action("a" + number, 1, Set.of()));
        }
        ActionGraph graph = new ActionGraph(actions);

        assertThat(makespan(graph, Map.of(), OptionalInt.of(4))).isEqualTo(Duration.ofSeconds(3));
        assertThat(makespan(graph, Map.of(ResourceKey.actionType("sleep"), 3), OptionalInt.empty()))
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(makespan(graph, Map.of(ResourceKey.actionType("nop"), 1), OptionalInt.empty()))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anActionThatTakesMoreThanThereIsIsRefused() {
        ActionGraph graph =
                new ActionGraph(List.of(action("a", 1, Set.of(), new ResourceUse(HOST, 2), new ResourceUse(HOST, 1))));

        assertThatThrownBy(() -> PlanProject.of(graph, LIMITS))
                .isInstanceOf(InvalidPlan.class)
                .hasMessageContaining("takes 3 units of compute_host/h1, which has 2");
    }

    private static Duration makespan(ActionGraph graph, Map<ResourceKey, Integer> limits, OptionalInt slots) {
        PlanProject plan = PlanProject.of(graph, new PlanProject.Limits(new Capacities(Map.of(), limits)::of, slots));
        return Duration.ofNanos(
                Scheduler.schedule(plan.project(), Budget.NONE).applied().makespan());
    }

    private static PlannedAction action(String id, int seconds, Set<String> parents, ResourceUse... uses) {
        return new PlannedAction(
                id,
                "sleep",
                Map.of(),
                parents,
                List.of(uses),
                Optional.of(Duration.ofSeconds(seconds)),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }

    private static Project withInstantActions(SplittableRandom random) {
        int count = random.nextInt(1, 25);
        long[] nanos = new long[count];
        int[][] parents = new int[count][];
        int[][] demands = new int[count][];
        for (int action = 0; action < count; action++) {
            nanos[action] = Math.max(0, random.nextInt(-3, 6)) * 1_000_000_000L;
            parents[action] = action == 0 || random.nextInt(3) == 0 ? new int[0] : new int[] {random.nextInt(action)};
            demands[action] = new int[] {random.nextInt(2), random.nextInt(1, 4), 2, random.nextInt(1, 3)};
        }
        return new Project(nanos, parents, demands, new int[] {3, 4, 4});
    }

    private static double[] priorities(Project project, Schedule schedule) {
        double[] priorities = new double[project.size()];
        Arrays.setAll(priorities, schedule::priority);
        return priorities;
    }

    private static long[] starts(Project project, Timetable times) {
        long[] starts = new long[project.size()];
        Arrays.setAll(starts, times::start);
        return starts;
    }

    /** Asks the applier's picker at every moment at which something has ended. */
    private static long[] picked(Project project, double[] priorities) {
        int count = project.size();
        long[] start = new long[count];
        boolean[] ended = new boolean[count];
        List<Integer> waiting = new ArrayList<>();
        for (int action = 0; action < count; action++) {
            waiting.add(action);
        }
        waiting.sort(Comparator.comparingDouble(action -> -priorities[action]));
        List<Integer> running = new ArrayList<>();
        int[] free = project.capacities().clone();
        long now = 0;
        while (true) {
            List<Candidate> ready = waiting.stream()
                    .filter(action -> Arrays.stream(project.parents(action)).allMatch(parent -> ended[parent]))
                    .map(action -> candidate(project, action, priorities[action], free))
                    .toList();
            List<Integer> before = List.copyOf(running);
            long at = now;
            Picker picker = new Picker(
                    Integer.MAX_VALUE,
                    resource -> before.stream()
                            .flatMap(action -> use(project, action, resource, start[action] - at).stream())
                            .toList());
            ready.forEach(picker::offer);
            for (Candidate chosen : picker.pick().chosen()) {
                int action = (int) chosen.action().getLeastSignificantBits();
                start[action] = now;
                waiting.remove((Integer) action);
                running.add(action);
                take(project, action, free, -1);
            }
            if (running.isEmpty()) {
                return start;
            }
            long next = running.stream()
                    .mapToLong(action -> start[action] + project.nanos(action))
                    .min()
                    .orElseThrow();
            for (int action : List.copyOf(running)) {
                if (start[action] + project.nanos(action) == next) {
                    ended[action] = true;
                    running.remove((Integer) action);
                    take(project, action, free, 1);
                }
            }
            now = next;
        }
    }

    private static Candidate candidate(Project project, int action, double priority, int[] free) {
        int[] demands = project.demands(action);
        List<Candidate.Demand> takes = new ArrayList<>();
        for (int at = 0; at < demands.length; at += 2) {
            takes.add(new Candidate.Demand(
                    "" + demands[at],
                    demands[at + 1],
                    free[demands[at]],
                    OptionalInt.of(project.capacities()[demands[at]])));
        }
        return new Candidate(
                new UUID(0, action),
                new UUID(1, 1),
                0,
                false,
                priority,
                OptionalDouble.of(project.nanos(action) / 1e9),
                OptionalDouble.empty(),
                takes);
    }

    private static Optional<Picker.RunningUse> use(Project project, int action, String resource, long startsIn) {
        int[] demands = project.demands(action);
        return IntStream.range(0, demands.length / 2)
                .filter(at -> resource.equals("" + demands[2 * at]))
                .mapToObj(at -> new Picker.RunningUse(demands[2 * at + 1], (startsIn + project.nanos(action)) / 1e9))
                .findFirst();
    }

    private static void take(Project project, int action, int[] free, int sign) {
        int[] demands = project.demands(action);
        for (int at = 0; at < demands.length; at += 2) {
            free[demands[at]] += sign * demands[at + 1];
        }
    }
}
