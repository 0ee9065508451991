package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl.Change;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which plan gets the next free slot. */
@ExtendWith(Neo4jServer.class)
class FairSharesTest {
    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void aSmallPlanGetsTheNextFreeSlotBesideALargeOne() {
        rig.start(many("large", 40, Duration.ofHours(1)));
        Applier applier = rig.applier(4);
        applier.step(true);
        rig.start(plan().action("small"));

        rig.started.remove().run();
        applier.step(false);

        assertThat(rig.running()).hasSize(4).contains("small");
    }

    @Test
    void equalPlansShareTheSlots() {
        for (String name : List.of("a", "b", "c", "d")) {
            rig.start(many(name, 12, Duration.ofSeconds(name.equals("a") ? 600 : 1)));
        }

        rig.applier(8).step(true);

        assertThat(rig.running()).hasSize(8);
        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(rig.running()).filteredOn(id -> id.startsWith(name)).hasSize(2);
        }
    }

    @Test
    void slotsOfOtherAppliersCount() {
        rig.start(many("a", 12, Duration.ofHours(1)));
        rig.applier(3).step(true);
        rig.start(many("b", 12, Duration.ofSeconds(1)));

        rig.applier(3).step(true);

        assertThat(rig.running()).filteredOn(id -> id.startsWith("b")).hasSize(3);
    }

    @Test
    void theHighestPriorityGetsAllFreeSlots() {
        rig.start(many("normal", 8, Duration.ofHours(1)));
        rig.start(many("low", 8, Duration.ofHours(1)).priority(-5));
        rig.start(many("high", 3, Duration.ofSeconds(1)).priority(10));

        rig.applier(6).step(true);

        assertThat(rig.running()).filteredOn(id -> id.startsWith("high")).hasSize(3);
        assertThat(rig.running()).filteredOn(id -> id.startsWith("normal")).hasSize(3);
    }

    @Test
    void aChangedPriorityCountsFromTheNextFreeSlotOn() {
        rig.start(many("a", 12, Duration.ofHours(1)));
        UUID other = rig.start(many("b", 12, Duration.ofSeconds(1)));
        Applier applier = rig.applier(4);
        applier.step(true);

        assertThat(rig.control.setPriority(other, OptionalLong.empty(), 7)).isInstanceOf(Change.Done.class);
        rig.started.remove().run();
        applier.step(false);

        assertThat(rig.running()).filteredOn(id -> id.startsWith("b")).hasSize(3);
    }

    @Test
    void thePriorityOfAPlanThatHasEndedCannotBeChanged() {
        UUID plan = rig.start(plan().action("a"));
        rig.finish(plan, rig.applier(1));

        assertThat(rig.control.setPriority(plan, OptionalLong.empty(), 7)).isInstanceOf(Change.Refused.class);
    }

    @Test
    void revertsGoBeforeNewWorkOfTheSamePriority() {
        PlanBuilder rolledBack =
                plan().onFailure(OnFailure.ROLLBACK).scripted("one").scripted("breaks", "one");
        rig.scripted.on("breaks", () -> Result.failed(Failure.permanent("broke")));
        UUID plan = rig.start(rolledBack);
        Applier applier = rig.applier(1);
        applier.step(true);
        rig.take("one").run();
        applier.step(false);
        rig.start(many("new", 12, Duration.ofHours(1)));
        rig.take("breaks").run();

        applier.step(false);
        for (int step = 0; rig.running().isEmpty() || rig.running().contains("breaks"); step++) {
            assertThat(step).isLessThan(20);
            applier.step(true);
        }

        assertThat(rig.running()).containsExactly("revert one");
        rig.take("revert one").run();
        applier.step(false);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.running()).allMatch(id -> id.startsWith("new"));
    }

    @Test
    void aPausedAndResumedPlanIsInTheQueueAgain() {
        UUID paused = rig.start(many("a", 5, Duration.ofSeconds(1)));
        Applier applier = rig.applier(1);
        applier.step(true);
        rig.control.pause(paused, OptionalLong.empty());
        rig.started.remove().run();
        applier.step(false);
        assertThat(rig.running()).isEmpty();

        rig.control.resume(paused, OptionalLong.empty());
        rig.finish(paused, applier);

        assertThat(rig.planState(paused)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void manyPlansOfOneActionAreAllClaimed() {
        for (int number = 0; number < 30; number++) {
            rig.start(plan().action("a" + number));
        }

        Applier applier = rig.applier(20);
        applier.step(true);
        assertThat(rig.running()).hasSize(20);
        rig.runStarted();
        applier.step(false);

        assertThat(rig.running()).hasSize(10);
    }

    private static PlanBuilder many(String name, int actions, Duration estimate) {
        PlanBuilder plan = plan();
        for (int number = 0; number < actions; number++) {
            plan.action(name + number).estimated(estimate);
        }
        return plan;
    }
}
