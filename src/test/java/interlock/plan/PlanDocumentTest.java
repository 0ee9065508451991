package interlock.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import interlock.api.PlannedAction;
import interlock.model.NewPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDocumentTest extends PlanDocumentFixture {
    @Test
    void aPlanMaySayWhichAuditRecommendsItAndThatItSupersedesItsLikes() {
        var audit = UUID.randomUUID();

        var plan = read("""
                name: nightly
                audit_uuid: %s
                supersede: true
                actions: [{id: a, action_type: nop}]
                """.formatted(audit));

        assertThat(plan.origin()).isEqualTo(new NewPlan.Origin(Optional.empty(), Optional.of(audit), true));
    }

    @Test
    void aSupersedingPlanNeedsAName() {
        assertThat(faults("{supersede: true, actions: [{id: a, action_type: nop}]}"))
                .containsExactly("supersede: needs a name: the plans of the same name are superseded");
        assertThat(read("{supersede: false, actions: [{id: a, action_type: nop}]}")
                        .origin()
                        .supersede())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "1-1-1-1-1", "''"})
    void anAuditIsNamedByItsUuid(String text) {
        assertThat(faults("{audit_uuid: %s, actions: [{id: a, action_type: nop}]}".formatted(text)))
                .containsExactly("audit_uuid: '%s' is not a UUID".formatted(text.replace("'", "")));
    }

    @Test
    void anActionWithoutAnEstimateHasTheOneThatItsTypeComputes() {
        var plan = read("""
                actions:
                  - {id: a, action_type: sleep, input_parameters: {duration: 60}}
                  - {id: b, action_type: sleep, input_parameters: {duration: 60}, estimated_duration: 2s}
                  - {id: c, action_type: nop, alternatives: [
                      {actions: [{id: d, action_type: sleep, input_parameters: {duration: 0.5}}]}]}
                """);

        assertThat(plan.graph().actions())
                .extracting(PlannedAction::estimatedDuration)
                .containsExactly(
                        Optional.of(Duration.ofMinutes(1)), Optional.of(Duration.ofSeconds(2)), Optional.empty());
        assertThat(plan.alternatives().getFirst().actions().getFirst().estimatedDuration())
                .contains(Duration.ofMillis(500));
    }

    @Test
    void aPlanMayHaveATimeOfItsBeginAndADeadline() {
        var plan = read("""
                {not_before: '2026-05-05T00:00:00+02:00', deadline: 8h, actions: [
                  {id: a, action_type: nop, timeout: 1m, revert_timeout: 2m}]}
                """);

        assertThat(plan.window())
                .isEqualTo(new NewPlan.Window(
                        Optional.of(Instant.parse("2026-05-04T22:00:00Z")), Optional.of(Duration.ofHours(8))));
        assertThat(plan.graph().actions())
                .extracting(PlannedAction::timeout, PlannedAction::revertTimeout)
                .containsExactly(tuple(Optional.of(Duration.ofMinutes(1)), Optional.of(Duration.ofMinutes(2))));
        assertThat(faults("""
                {not_before: tomorrow, deadline: 0s, actions: [
                  {id: a, action_type: nop, timeout: 0s, revert_timeout: soon}]}
                """))
                .containsExactlyInAnyOrder(
                        "not_before: 'tomorrow' is not a time with its offset from UTC: write 2026-05-04T22:00:00Z"
                                + " or 2026-05-05T00:00:00+02:00",
                        "deadline: must be longer than zero",
                        "actions[0].timeout: must be longer than zero",
                        "actions[0].revert_timeout: 'soon' is not a duration: write PT1M30S, 250ms, 10s, 5m, 2h or 1d");
    }

    @Test
    void aDeadlineIsLongerThanNothing() {
        assertThat(faults("{actions: [{id: a, action_type: nop, deadline: 0s}]}"))
                .containsExactly("actions[0].deadline: must be longer than zero");
        assertThat(faults("{actions: [{id: a, action_type: nop, deadline: -PT1S}]}"))
                .containsExactly(
                        "actions[0].deadline: '-PT1S' is not a duration: write PT1M30S, 250ms, 10s, 5m, 2h or 1d");
        read("{actions: [{id: a, action_type: nop, deadline: 1s, timeout: 1m}]}");
    }

    @Test
    void anIdStandsOnceInTheWholeDocument() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop, alternatives: [{actions: [{id: a, action_type: nop}]}]}
                  - {id: b, action_type: nop, alternatives: [{actions: [{id: c, action_type: nop}]}]}
                alternatives:
                  - {name: p, replaces: [b], actions: [{id: c, action_type: nop}, {id: c, action_type: nop}]}
                """))
                .containsExactly(
                        "actions[0].alternatives[0].actions[0].id: 'a' is the id of actions[0] too",
                        "alternatives[0].actions[0].id: 'c' is the id of actions[1].alternatives[0].actions[0] too",
                        "alternatives[0].actions[1].id: 'c' is the id of actions[1].alternatives[0].actions[0] too");
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(faults("""
                colour: red
                planner: oracle
                supersede: true
                audit_uuid: none
                actions:
                  - id: a
                    action_type: teleport
                    parents: [c]
                    alternatives:
                      - name: p
                        actions:
                          - {id: d, action_type: sleep, parents: [a, d]}
                          - {id: e, action_type: teleport, timeout: soon, uses: [{kind: k, id: k, units: 2}]}
                          - {id: e, action_type: nop, retry: {initial_backoff: 1h, max_backoff: 1s}}
                  - {id: b, action_type: nop, parents: [a]}
                  - {id: c, action_type: nop, parents: [b]}
                alternatives:
                  - {name: q, replaces: [a, b], actions: [{id: f, action_type: nop}]}
                  - {name: r, replaces: [b, c, x, a], actions: []}
                  - {name: s, replaces: [b, c], abort_running: 1, actions: [{id: g, action_type: nop, deadline: 0s}]}
                  - {name: t, replaces: [f, f], actions: [{id: h, action_type: nop}]}
                """))
                .map(fault -> fault.split(":")[0])
                .containsExactlyInAnyOrder(
                        "colour",
                        "planner",
                        "supersede",
                        "audit_uuid",
                        "actions[0].action_type",
                        "actions[0].parents",
                        "actions[0].alternatives[0].actions[0].input_parameters.duration",
                        "actions[0].alternatives[0].actions[0].parents[0]",
                        "actions[0].alternatives[0].actions[0].parents",
                        "actions[0].alternatives[0].actions[1].action_type",
                        "actions[0].alternatives[0].actions[1].timeout",
                        "actions[0].alternatives[0].actions[1].uses[0]",
                        "actions[0].alternatives[0].actions[2].id",
                        "actions[0].alternatives[0].actions[2].retry",
                        "alternatives[1].replaces[2]",
                        "alternatives[1].actions",
                        "alternatives[2].replaces",
                        "alternatives[2].abort_running",
                        "alternatives[2].actions[0].deadline",
                        "alternatives[3].replaces");
    }
}
