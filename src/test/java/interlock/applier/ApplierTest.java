package interlock.applier;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Result;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class ApplierTest {
    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void aPlanIsAppliedInTheOrderOfItsGraph() {
        UUID plan = rig.start(plan().scripted("end", "left", "right")
                .scripted("left", "begin")
                .scripted("right", "begin")
                .scripted("begin"));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran()).startsWith("begin").endsWith("end").hasSize(4);
    }

    @Test
    void aChildWaitsForAllItsParents() {
        UUID plan = rig.start(plan().action("a").action("b").action("c", "a", "b"));
        Applier applier = rig.applier(8);

        applier.step(true);
        rig.started.remove().run();
        applier.step(true);

        assertThat(rig.states(plan)).containsPattern("[ab]=SUCCEEDED").contains("c=PENDING");
        assertThat(rig.started).hasSize(1);
    }

    @Test
    void nothingOfAPlanRunsBeforeItIsStarted() {
        UUID plan = rig.store.create(plan().action("a").build());

        rig.applier(8).step(true);

        assertThat(rig.started).isEmpty();
        assertThat(rig.planState(plan)).isEqualTo(PlanState.RECOMMENDED);
    }

    @Test
    void progressIsStoredWhileAnAttemptRuns() {
        UUID plan = rig.start(plan().action("a", "scripted", Map.of("name", "a", "progress", 0.25)));
        Applier applier = rig.applier(1);
        var seen = new ArrayList<String>();
        rig.scripted.on("a", () -> {
            applier.step(false);
            seen.add(told(plan));
            applier.step(false);
            seen.add(told(plan));
            return Result.succeeded();
        });

        rig.finish(plan, applier);

        assertThat(seen)
                .as("it is stored once, though it was looked for twice")
                .containsExactly("0.25 [req-1] in 1 revisions", "0.25 [req-1] in 1 revisions");
        assertThat(told(plan)).isEqualTo("0.25 [req-1] in 1 revisions");
    }

    @Test
    void theLastProgressIsKeptWithTheAttempt() {
        UUID plan = rig.start(plan().action("a", "scripted", Map.of("name", "a", "progress", 7)));

        rig.finish(plan, rig.applier(1));

        assertThat(told(plan)).isEqualTo("1.0 [req-1] in 1 revisions");
    }

    private String told(UUID plan) {
        return Rig.one("""
                MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->()-[:ATTEMPTED]->(attempt)
                RETURN toString(attempt.progress) + ' [' + reduce(all = '', id IN attempt.requestIds | all + id) + '] in '
                  + COUNT { MATCH (r:Revision {planUuid: $plan}) WHERE r.actions CONTAINS 'progress' } + ' revisions' AS it
                """, plan);
    }

    @Test
    void noMoreActionsRunThanThereAreSlots() {
        rig.start(plan().action("a").action("b").action("c"));

        rig.applier(2).step(true);

        assertThat(rig.started).hasSize(2);
    }

    @Test
    void theLongestRemainingPathStartsFirst() {
        rig.start(plan().scripted("short")
                .estimated(Duration.ofSeconds(10))
                .scripted("long")
                .estimated(Duration.ofSeconds(4))
                .scripted("tail", "long")
                .estimated(Duration.ofSeconds(30)));

        rig.applier(1).step(true);
        rig.runStarted();

        assertThat(rig.scripted.ran()).containsExactly("long");
    }

    @Test
    void aSkippedActionIsCompleteForItsChildren() {
        rig.scripted.on("a", () -> Result.skipped("already there"));
        UUID plan = rig.start(plan().scripted("a").action("b", "a"));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("a=SKIPPED b=SUCCEEDED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.planMessage(plan)).isEqualTo("One or more actions were skipped.");
    }

    @Test
    void anIdleApplierChangesNothing() {
        Applier applier = rig.applier(8);
        applier.step(true);
        int advances = rig.advances.size();

        applier.step(false);
        applier.step(false);

        assertThat(rig.advances).hasSize(advances);
    }

    @Test
    void anApplierIsIdleWhenNothingRunsAndNothingIsDue() {
        UUID plan = rig.start(plan().action("a", "fail", Map.of("times", 1)).tried(2));
        Applier applier = rig.applier(8);

        applier.step(true);
        applier.step(false);
        assertThat(rig.states(plan)).isEqualTo("a=ONGOING");
        assertThat(rig.idle).isEmpty();

        rig.runStarted();
        applier.step(false);
        applier.step(false);
        assertThat(rig.states(plan)).isEqualTo("a=PENDING");
        assertThat(rig.idle).isEmpty();

        rig.finish(plan, applier);
        applier.step(true);
        applier.step(false);
        assertThat(rig.idle).hasSize(1);
    }
}
