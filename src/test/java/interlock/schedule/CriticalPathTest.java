package interlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import interlock.schedule.CriticalPath.Standstill;
import interlock.schedule.CriticalPath.Step;
import interlock.schedule.CriticalPath.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
    private static final int NONE = -1;
    private static final int LOCK = 0;
    private static final List<String> RESOURCES = List.of("lock/L");

    private static Times ran(double start, double finish, Integer... parents) {
        return new Times(start, finish, finish - start, List.of(parents), List.of(), NONE);
    }

    private static Times onTheLock(double start, double finish, int waitedFor) {
        return new Times(start, finish, finish - start, List.of(), List.of(LOCK), waitedFor);
    }

    private static CriticalPath path(List<Times> actions, Standstill... standstills) {
        CriticalPath path = CriticalPath.of(actions, RESOURCES, List.of(standstills));
        assertThat(path.steps().stream()
                        .mapToDouble(step -> step.waited() + step.ran())
                        .sum())
                .as("waits and runs add up")
                .isCloseTo(path.seconds(), within(1e-6));
        return path;
    }

    private static Tuple step(int action, double waited, String waitedFor, double ran) {
        return tuple(action, waited, Optional.ofNullable(waitedFor), ran);
    }

    private static void check(CriticalPath path, Tuple... steps) {
        assertThat(path.steps())
                .extracting(Step::action, Step::waited, Step::waitedFor, Step::ran)
                .containsExactly(steps);
    }

    @Test
    void anEmptyPlanHasNone() {
        assertThat(path(List.of())).isEqualTo(new CriticalPath(0, List.of()));
    }

    @Test
    void theParentThatEndedLastIsTheStepBefore() {
        check(
                path(List.of(ran(0, 5), ran(0, 3), ran(5, 9, 0, 1), ran(3, 8, 1))),
                step(0, 0, null, 5),
                step(2, 0, null, 4));
    }

    @Test
    void thePreviousHolderOfTheResourceIsTheStepBefore() {
        check(
                path(List.of(onTheLock(0, 60, NONE), onTheLock(60.05, 120, LOCK), onTheLock(120, 180, LOCK))),
                step(0, 0, null, 60),
                step(1, 60.05 - 60, "lock/L", 120 - 60.05),
                step(2, 0, "lock/L", 60));
    }

    @Test
    void aResourceOfAnotherPlanIsWaitedForAfterTheParent() {
        check(
                path(List.of(ran(0, 10), new Times(70, 80, 10, List.of(0), List.of(LOCK), LOCK), ran(10, 65, 0))),
                step(0, 0, null, 10),
                step(1, 60, "lock/L", 10));
    }

    @Test
    void theActionThatReleasedASlotIsTheStepBefore() {
        check(
                path(List.of(ran(0, 4), ran(0, 6), ran(4, 9), ran(6, 20))),
                step(1, 0, null, 6),
                step(3, 0, CriticalPath.SLOT, 14));
    }

    @Test
    void theWaitBetweenAttemptsIsABackOff() {
        check(
                path(List.of(ran(0, 2), new Times(2, 40, 8, List.of(0), List.of(), NONE))),
                step(0, 0, null, 2),
                step(1, 30, CriticalPath.BACK_OFF, 8));
    }

    @Test
    void aPauseIsNamed() {
        check(
                path(List.of(ran(0, 2), ran(62, 70, 0), ran(2, 61.9)), new Standstill(1, 62, "pause")),
                step(0, 0, null, 2),
                step(1, 60, "pause", 8));
    }

    @Test
    void aSkippedActionIsCompleteWhenItsParentsAre() {
        Times skipped = new Times(Double.NaN, 3, Double.NaN, List.of(0), List.of(), NONE);

        check(
                path(List.of(ran(0, 9), skipped, ran(9, 12, 1))),
                step(0, 0, null, 9),
                step(1, 0, null, 0),
                step(2, 0, null, 3));
    }

    @Test
    void whatWasCancelledByAFailureIsNoStep() {
        Times cancelled = new Times(Double.NaN, 9, Double.NaN, List.of(0), List.of(), NONE);

        check(path(List.of(ran(1, 9), cancelled)), step(0, 1, CriticalPath.SLOT, 8));
    }

    @Test
    void theStepsOfAnySimulatedPlanAddUpToItsMakespan() {
        SplittableRandom random = new SplittableRandom(3);
        for (int time = 0; time < 200; time++) {
            int count = random.nextInt(1, 60);
            long[] nanos = random.longs(count, 0, 5_000_000_000L).toArray();
            int[][] parents = new int[count][];
            int[][] demands = new int[count][];
            for (int action = 0; action < count; action++) {
                parents[action] = action == 0 || random.nextBoolean() ? new int[0] : new int[] {random.nextInt(action)};
                demands[action] = random.nextBoolean() ? new int[] {0, random.nextInt(1, 3)} : new int[0];
            }
            Timetable table = Forecast.of(new Project(nanos, parents, demands, new int[] {2}), new double[count])
                    .times();
            List<Times> actions = new ArrayList<>();
            for (int action = 0; action < count; action++) {
                actions.add(new Times(
                        table.start(action) / 1e9,
                        table.finish(action) / 1e9,
                        nanos[action] / 1e9,
                        Arrays.stream(parents[action]).boxed().toList(),
                        demands[action].length == 0 ? List.of() : List.of(0),
                        NONE));
            }

            CriticalPath path = path(actions);

            assertThat(path.seconds()).isCloseTo(table.makespan() / 1e9, within(1e-6));
            assertThat(path.steps().stream().mapToDouble(Step::waited).sum())
                    .as("an unlimited plan never waits for nothing")
                    .isCloseTo(0, within(1e-6));
        }
    }
}
