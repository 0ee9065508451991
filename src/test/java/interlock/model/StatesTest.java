package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatesTest {
    @ParameterizedTest
    @CsvSource({
        "RECOMMENDED, PENDING CANCELLED SUPERSEDED DELETED",
        "PENDING, ONGOING CANCELLED",
        "ONGOING, SUCCEEDED FAILED CANCELLING",
        "CANCELLING, CANCELLED FAILED ONGOING",
        "SUCCEEDED, DELETED",
        "FAILED, DELETED PENDING",
        "CANCELLED, DELETED PENDING",
        "SUPERSEDED, DELETED",
        "DELETED, ''"
    })
    void aPlanMayBecomeTheseAndNothingElse(PlanState state, String next) {
        for (PlanState other : PlanState.values()) {
            assertThat(state.mayBecome(other))
                    .as("%s -> %s", state, other)
                    .isEqualTo((" " + next + " ").contains(" " + other + " "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, ONGOING SKIPPED FAILED CANCELLED",
        "ONGOING, SUCCEEDED FAILED SKIPPED CANCELLED PENDING",
        "STANDBY, PENDING",
        "SUCCEEDED, PENDING STANDBY",
        "FAILED, PENDING STANDBY SKIPPED",
        "SKIPPED, PENDING STANDBY",
        "CANCELLED, PENDING STANDBY SKIPPED"
    })
    void anActionMayBecomeTheseAndNothingElse(ActionState state, String next) {
        for (ActionState other : ActionState.values()) {
            assertThat(state.mayBecome(other))
                    .as("%s -> %s", state, other)
                    .isEqualTo((" " + next + " ").contains(" " + other + " "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, ONGOING CANCELLED",
        "ONGOING, FAILED SUCCEEDED CANCELLED SUSPENDED",
        "FAILED, DELETED",
        "SUCCEEDED, DELETED",
        "CANCELLED, DELETED",
        "SUSPENDED, ONGOING DELETED",
        "DELETED, ''"
    })
    void anAuditMayBecomeTheseAndNothingElse(AuditState state, String next) {
        for (AuditState other : AuditState.values()) {
            assertThat(state.mayBecome(other))
                    .as("%s -> %s", state, other)
                    .isEqualTo((" " + next + " ").contains(" " + other + " "));
        }
    }

    @Test
    void aStateThatIsNotKnownKeepsItsNameAndIsNoOther() {
        StoredState<ActionState> stored = StoredState.of(ActionState.class, "DREAMING");

        assertThat(stored).hasToString("DREAMING");
        assertThat(stored.known()).isEmpty();
        assertThat(ActionState.values()).noneMatch(stored::is);
    }

    @ParameterizedTest
    @EnumSource(PlanState.class)
    void theSourcesOfAStateAreThoseThatMayBecomeIt(PlanState state) {
        for (PlanState other : PlanState.values()) {
            assertThat(state.sources().contains(other)).isEqualTo(other.mayBecome(state));
        }
    }

    @Test
    void aLabelIsItsStateInTheGraphsSpelling() {
        assertThat(ActionState.SUCCEEDED.label()).isEqualTo("Succeeded");
    }
}
