package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.ResourceKey;
import interlock.applier.Candidate.Demand;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PickerTest {
    private static final ResourceKey HOST = new ResourceKey("compute_host", "h1");
    private static final ResourceKey RACK = new ResourceKey("rack", "r7");

    @Test
    void theMostUrgentStartWhileThereAreSlots() {
        Candidate first = candidate();
        Candidate second = candidate();
        Candidate third = candidate();

        Picker.Picks picks = Picker.pick(List.of(first, second, third), 2);

        assertThat(picks.chosen()).containsExactly(first, second);
        assertThat(picks.parked()).isEmpty();
    }

    @Test
    void whatLacksAResourceIsParkedAndHoldsUpNobody() {
        Candidate first = candidate(new Demand(HOST, 1, 1));
        Candidate second = candidate(new Demand(HOST, 1, 1));
        Candidate third = candidate();

        Picker.Picks picks = Picker.pick(List.of(first, second, third), 8);

        assertThat(picks.chosen()).containsExactly(first, third);
        assertThat(picks.parked()).containsOnlyKeys(second.action()).containsValue(HOST);
    }

    @Test
    void anActionTakesAllItsResourcesOrNone() {
        Candidate both = candidate(new Demand(HOST, 1, 1), new Demand(RACK, 1, 0));
        Candidate host = candidate(new Demand(HOST, 1, 1));

        Picker.Picks picks = Picker.pick(List.of(both, host), 8);

        assertThat(picks.chosen()).containsExactly(host);
        assertThat(picks.parked()).containsEntry(both.action(), RACK);
    }

    @Test
    void severalUnitsAreCounted() {
        Candidate large = candidate(new Demand(RACK, 3, 4));
        Candidate small = candidate(new Demand(RACK, 1, 4));
        Candidate late = candidate(new Demand(RACK, 1, 4));

        Picker.Picks picks = Picker.pick(List.of(large, small, late), 8);

        assertThat(picks.chosen()).containsExactly(large, small);
        assertThat(picks.parked()).containsOnlyKeys(late.action());
    }

    @Test
    void nothingIsParkedForWantOfASlot() {
        Candidate first = candidate(new Demand(HOST, 1, 1));
        Candidate second = candidate(new Demand(HOST, 1, 1));

        Picker.Picks picks = Picker.pick(List.of(first, second), 1);

        assertThat(picks.parked()).isEmpty();
    }

    private static Candidate candidate(Demand... demands) {
        return new Candidate(UUID.randomUUID(), List.of(demands));
    }
}
