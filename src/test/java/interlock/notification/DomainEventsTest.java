package interlock.notification;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.model.StoredState;
import interlock.neo4j.store.History.ActionChange;
import interlock.neo4j.store.History.Revision;
import interlock.neo4j.store.History.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainEventsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static Standing standing(String state) {
        return new Standing(StoredState.of(PlanState.class, state), false, null);
    }

    private static List<String> types(Optional<Standing> before, Standing after, ActionChange... actions) {
        var revision = new Revision.OfPlan(7, NOON, "plan", 3, before, after, List.of(actions), 2);
        var occurrences = DomainEvents.of(revision);
        return IntStream.range(0, occurrences.size())
                .mapToObj(occurrences::get)
                .map(DomainEvent::type)
                .toList();
    }

    private static ActionChange change(String before, String after) {
        return new ActionChange(
                "uuid", Optional.ofNullable(before).map(DomainEventsTest::action), action(after), 1, null, false);
    }

    private static StoredState<ActionState> action(String state) {
        return StoredState.of(ActionState.class, state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RECOMMENDED | PENDING    | action_plan.update
                    RECOMMENDED | SUPERSEDED | action_plan.update
                    RECOMMENDED | CANCELLED  | action_plan.update
                    PENDING     | CANCELLED  | action_plan.update
                    PENDING     | ONGOING    | action_plan.update action_plan.execution.start
                    ONGOING     | SUCCEEDED  | action_plan.update action_plan.execution.end
                    ONGOING     | FAILED     | action_plan.update action_plan.execution.error
                    ONGOING     | CANCELLING | action_plan.update action_plan.cancel.start
                    ONGOING     | CANCELLED  | action_plan.update action_plan.cancel.start action_plan.cancel.end
                    CANCELLING  | CANCELLED  | action_plan.update action_plan.cancel.end
                    CANCELLING  | FAILED     | action_plan.update action_plan.cancel.error
                    FAILED      | PENDING    | action_plan.update
                    PENDING     | SUCCEEDED  | action_plan.execution.start action_plan.update action_plan.execution.end
                    SUCCEEDED   | DELETED    | action.delete action.delete action_plan.update action_plan.delete
                    SUCCEEDED   | SUCCEEDED  |
                    ONGOING     | ONGOING    |
                    """)
    void aPlansChangeOfStateIsTold(String before, String after, String types) {
        assertThat(String.join(" ", types(Optional.of(standing(before)), standing(after))))
                .isEqualTo(types == null ? "" : types);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PENDING | ONGOING   | action.update action.execution.start
                    ONGOING | SUCCEEDED | action.update action.execution.end
                    ONGOING | FAILED    | action.update action.execution.error
                    ONGOING | CANCELLED | action.update action.cancel.end
                    ONGOING | PENDING   | action.update
                    ONGOING | SKIPPED   | action.update
                    PENDING | SKIPPED   | action.update
                    PENDING | CANCELLED | action.update
                    STANDBY | PENDING   | action.update
                            | PENDING   | action.create
                    """)
    void anActionsChangeOfStateIsTold(String before, String after, String types) {
        assertThat(String.join(
                        " ", types(Optional.of(standing("ONGOING")), standing("ONGOING"), change(before, after))))
                .isEqualTo(types);
    }

    @Test
    void aStateOfALaterVersionIsAnUpdateOnly() {
        assertThat(types(Optional.of(standing("ONGOING")), standing("HIBERNATED"), change("ONGOING", "DREAMING")))
                .containsExactly("action_plan.update", "action.update");
    }

    @Test
    void whatFailsWhileItIsCancelledIsToldAsThat() {
        assertThat(types(Optional.of(standing("CANCELLING")), standing("CANCELLING"), change("ONGOING", "FAILED")))
                .containsExactly("action.update", "action.cancel.error");
    }

    @Test
    void anActionThatIsAskedToAbortBeginsToBeCancelled() {
        var asked = new ActionChange("uuid", Optional.of(action("ONGOING")), action("ONGOING"), 1, null, true);

        assertThat(types(Optional.of(standing("ONGOING")), standing("CANCELLING"), asked))
                .containsExactly("action_plan.update", "action_plan.cancel.start", "action.cancel.start");
    }

    @Test
    void anEndIsToldAfterWhatBecameOfTheActions() {
        assertThat(types(Optional.of(standing("ONGOING")), standing("SUCCEEDED"), change("ONGOING", "SUCCEEDED")))
                .containsExactly(
                        "action.update", "action.execution.end", "action_plan.update", "action_plan.execution.end");
    }

    @Test
    void aPauseIsAnUpdate() {
        assertThat(types(Optional.of(standing("ONGOING")), new Standing(StoredState.of(PlanState.ONGOING), true, null)))
                .containsExactly("action_plan.update");
    }

    @Test
    void aNewPlanIsToldWithItsActions() {
        assertThat(types(Optional.empty(), standing("RECOMMENDED")))
                .containsExactly("action_plan.create", "action.create", "action.create");
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "action.*, true",
        "action_plan.*, true",
        "action.execution.*, true",
        "audit.planner.error, true",
        "action_plan, false",
        "action_plan*, false",
        "plan.*, false",
        ".*, false",
        "'', false",
        "service.update, false"
    })
    void aPatternFitsSomeTypeOrIsNone(String pattern, boolean isOne) {
        assertThat(EventTypes.isPattern(pattern)).isEqualTo(isOne);
    }

    @Test
    void aPatternForActionsDoesNotFitPlans() {
        assertThat(EventTypes.match(List.of("action.*"), "action.execution.end"))
                .isTrue();
        assertThat(EventTypes.match(List.of("action.*"), "action_plan.create")).isFalse();
    }
}
