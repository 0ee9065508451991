package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.Candidate.Demand;
import interlock.applier.Picker.RunningUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PickerTest {
    private static final UUID PLAN = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final Map<String, List<RunningUse>> running = new HashMap<>();
    private final Map<UUID, String> names = new HashMap<>();

    @Test
    void theLongestRemainingPathsStartWhileThereAreSlots() {
        Picker picker = picker(2);
        offer(picker, "short", PLAN, 1);
        offer(picker, "long", PLAN, 9);
        offer(picker, "middle", PLAN, 5);

        assertThat(names(picker.pick())).containsExactly("long", "middle");
        assertThat(picker.slots()).isZero();
    }

    @Test
    void aSlotGoesToThePlanWithTheFewestSlotsInUse() {
        Picker picker = picker(3);
        picker.slotsInUse(PLAN, 2);
        picker.slotsInUse(OTHER, 1);
        for (int number = 0; number < 3; number++) {
            offer(picker, "a" + number, PLAN, 90 - number);
            offer(picker, "b" + number, OTHER, 9 - number);
        }

        assertThat(names(picker.pick())).containsExactly("b0", "a0", "b1");
    }

    @Test
    void theHigherPriorityTakesAllSlots() {
        Picker picker = picker(2);
        picker.slotsInUse(OTHER, 60);
        offer(picker, "low", PLAN, 99);
        offer(picker, candidate("high 1", OTHER, 10, false, 2));
        offer(picker, candidate("high 2", OTHER, 10, false, 1));

        assertThat(names(picker.pick())).containsExactly("high 1", "high 2");
    }

    @Test
    void recoveryGoesBeforeNewWorkOfTheSamePriority() {
        Picker picker = picker(2);
        offer(picker, candidate("new", PLAN, 1, false, 99));
        offer(picker, candidate("revert", OTHER, 1, true, 1));
        offer(picker, candidate("urgent", new UUID(0, 3), 2, false, 1));

        assertThat(names(picker.pick())).containsExactly("urgent", "revert");
    }

    @Test
    void aBlockedActionHoldsUpNobodyWhoWantsOtherResources() {
        Picker picker = picker(8);
        offer(picker, "first", PLAN, 3, lock("host", 1));
        Candidate second = offer(picker, "second", PLAN, 2, lock("host", 1));
        offer(picker, "third", PLAN, 1);

        Picker.Picks picks = picker.pick();

        assertThat(names(picks)).containsExactly("first", "third");
        assertThat(picks.blocked()).containsExactly(new Picker.Blocked(second.action(), "host", 1));
        assertThat(picker.reservations()).isEmpty();
    }

    @Test
    void anActionTakesAllItsResourcesOrNone() {
        Picker picker = picker(8);
        Candidate both = offer(picker, "both", PLAN, 2, lock("host", 1), lock("rack", 0));
        assertThat(picker.pick())
                .isEqualTo(new Picker.Picks(List.of(), List.of(new Picker.Blocked(both.action(), "rack", 1))));
    }

    @Test
    void nobodyIsBlockedForWantOfASlot() {
        Picker picker = picker(1);
        offer(picker, "first", PLAN, 2, lock("host", 1));
        offer(picker, "second", PLAN, 1, lock("host", 1));

        assertThat(picker.pick().blocked()).isEmpty();
    }

    @Test
    void whoUsesFewerUnitsOfAResourceComesFirst() {
        Picker picker = picker(8);
        picker.unitsInUse("pool", Map.of(PLAN, 3, OTHER, 1));
        picker.slotsInUse(PLAN, 3);
        picker.slotsInUse(OTHER, 40);
        offer(picker, "a", PLAN, 9, demand("pool", 1, 2, 6));
        offer(picker, "b", OTHER, 2, demand("pool", 1, 2, 6));
        offer(picker, "c", OTHER, 1, demand("pool", 1, 2, 6));

        assertThat(names(picker.pick())).containsExactly("b", "c");
    }

    @Test
    void aLargeDemandKeepsItsUnitsAndShortActionsPassIt() {
        running.put("pool", List.of(new RunningUse(2, 10), new RunningUse(1, 4)));
        Picker picker = picker(8);
        Candidate large = offer(picker, "large", PLAN, 9, demand("pool", 4, 1, 4));
        offer(picker, candidate("long", PLAN, 0, false, 8, seconds(11), demand("pool", 1, 1, 4)));
        offer(picker, "unknown", PLAN, 7, demand("pool", 1, 1, 4));
        offer(picker, candidate("short", PLAN, 0, false, 6, seconds(10), demand("pool", 1, 1, 4)));

        Picker.Picks picks = picker.pick();

        assertThat(names(picks)).containsExactly("short");
        assertThat(picks.blocked()).hasSize(3);
        assertThat(picker.reservations()).containsOnly(Map.entry("pool", large.action()));
        assertThat(picker.gaps()).isEmpty();
    }

    @Test
    void theGapBeforeAReservationIsKnown() {
        running.put("pool", List.of(new RunningUse(2, 10)));
        Picker picker = picker(8);
        offer(picker, "large", PLAN, 9, demand("pool", 4, 2, 4));
        picker.pick();

        assertThat(picker.gaps()).containsExactly(new Picker.Gap("pool", 2, 10));
    }

    @Test
    void nothingPassesIfTheEndOfARunningActionIsUnknown() {
        running.put("pool", List.of(new RunningUse(3, 0)));
        Picker picker = picker(8);
        offer(picker, "large", PLAN, 9, demand("pool", 4, 1, 4));
        offer(picker, candidate("short", PLAN, 0, false, 6, seconds(1), demand("pool", 1, 1, 4)));

        assertThat(picker.pick().chosen()).isEmpty();
        assertThat(picker.gaps()).isEmpty();
    }

    @Test
    void aReservationKeepsNoMoreThanItsUnits() {
        running.put("lock", List.of(new RunningUse(1, 60)));
        Picker picker = picker(8);
        offer(picker, "needs both", PLAN, 9, lock("lock", 0), demand("pool", 1, 3, 3));
        offer(picker, "one", PLAN, 8, demand("pool", 1, 3, 3));
        offer(picker, "two", PLAN, 7, demand("pool", 1, 3, 3));
        offer(picker, "three", PLAN, 6, demand("pool", 1, 3, 3));

        assertThat(names(picker.pick())).containsExactly("one", "two");
    }

    @Test
    void aLaterReservationKeepsNothingThatIsKeptForAnEarlierOne() {
        running.put("x", List.of(new RunningUse(2, 5)));
        running.put("y", List.of(new RunningUse(2, 7)));
        Picker picker = picker(8);
        Candidate first = offer(picker, "first", PLAN, 9, demand("x", 4, 2, 4), demand("y", 1, 2, 4));
        Candidate second = offer(picker, "second", PLAN, 8, demand("y", 4, 2, 4), demand("x", 1, 2, 4));

        picker.pick();

        assertThat(picker.reservations()).containsOnly(Map.entry("x", first.action()), Map.entry("y", first.action()));
        assertThat(second.action()).isNotIn(picker.reservations().values());
    }

    @Test
    void anImpossibleDemandReservesNothing() {
        Picker picker = picker(8);
        offer(picker, "impossible", PLAN, 9, demand("pool", 5, 4, 4));
        offer(picker, "possible", PLAN, 8, demand("pool", 1, 4, 4));

        assertThat(names(picker.pick())).containsExactly("possible");
        assertThat(picker.reservations()).isEmpty();
    }

    @Test
    void aResourceWithoutLimitIsNeverLacking() {
        Picker picker = picker(8);
        Demand unlimited = new Demand("host", 3, Integer.MAX_VALUE, OptionalInt.empty());
        offer(picker, "a", PLAN, 2, unlimited);
        offer(picker, "b", PLAN, 1, unlimited);

        assertThat(names(picker.pick())).containsExactly("a", "b");
    }

    private Picker picker(int slots) {
        return new Picker(slots, resource -> running.getOrDefault(resource, List.of()));
    }

    private Candidate offer(Picker picker, String name, UUID plan, double remaining, Demand... demands) {
        return offer(picker, candidate(name, plan, 0, false, remaining, demands));
    }

    private static Candidate offer(Picker picker, Candidate candidate) {
        picker.offer(candidate);
        return candidate;
    }

    private Candidate candidate(
            String name, UUID plan, int priority, boolean recovery, double remaining, Demand... demands) {
        return candidate(name, plan, priority, recovery, remaining, OptionalDouble.empty(), demands);
    }

    private Candidate candidate(
            String name,
            UUID plan,
            int priority,
            boolean recovery,
            double left,
            OptionalDouble time,
            Demand... demands) {
        UUID uuid = UUID.randomUUID();
        names.put(uuid, name);
        return new Candidate(uuid, plan, priority, recovery, left, time, OptionalDouble.empty(), List.of(demands));
    }

    private static OptionalDouble seconds(double seconds) {
        return OptionalDouble.of(seconds);
    }

    private static Demand lock(String resource, int free) {
        return demand(resource, 1, free, 1);
    }

    private static Demand demand(String resource, int units, int free, int capacity) {
        return new Demand(resource, units, free, OptionalInt.of(capacity));
    }

    private List<String> names(Picker.Picks picks) {
        return picks.chosen().stream().map(Candidate::action).map(names::get).toList();
    }
}
