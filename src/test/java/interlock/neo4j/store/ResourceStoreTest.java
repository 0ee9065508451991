package interlock.neo4j.store;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.ResourceKey;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.Capacities;
import interlock.model.CapacitySource;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.PlanCapacities;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.ResourceStore.Change;
import interlock.neo4j.view.ResourceReader;
import interlock.neo4j.view.ResourceReader.Filter;
import interlock.neo4j.view.ResourceReader.Resource;
import interlock.neo4j.view.ResourceReader.User;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sources of capacities, and changes of capacities while plans run. */
@ExtendWith(Neo4jServer.class)
class ResourceStoreTest {
    private static final ResourceKey LOCK = new ResourceKey("lock", "L");
    private static final ResourceKey SCRIPTED = ResourceKey.actionType("scripted");

    @AutoClose
    private final Rig rig = new Rig();

    private Graph graph;
    private ResourceReader reader;

    @BeforeEach
    void read(Graph server) {
        graph = server;
        reader = new ResourceReader(server);
    }

    @Test
    void aPlanGivesAResourceACapacityWhenItStarts() {
        UUID plan = rig.store.create(using("a", 2).capacity("lock", "L", 2).build());

        assertThat(lock().capacity()).hasValue(1);
        assertThat(lock().source()).isEqualTo(CapacitySource.DEFAULT);

        rig.control.start(plan, OptionalLong.empty());

        assertThat(lock().capacity()).hasValue(2);
        assertThat(lock().source()).isEqualTo(CapacitySource.PLAN);
    }

    @Test
    void anotherNumberThanThatOfAnUnfinishedPlanIsRefused() {
        rig.store.create(using("a", 4).capacity("lock", "L", 4).build());

        assertThatThrownBy(() ->
                        rig.store.create(using("b", 2).capacity("lock", "L", 2).build()))
                .isInstanceOf(InvalidPlan.class)
                .hasMessageContaining("gives lock/L a capacity of 2, but it has 4");
    }

    @Test
    void anOperatorsCapacityWinsOverTheConfigurationAndThatOverAPlans() {
        rig.start(using("a", 1).capacity("lock", "L", 2));
        ResourceStore configured = new ResourceStore(graph, new Capacities(Map.of("lock", 9), Map.of(LOCK, 3)));

        configured.applyConfiguration();

        assertThat(lock().source()).isEqualTo(CapacitySource.CONFIGURATION);
        assertThat(lock().capacity()).hasValue(3);

        configured.set(LOCK, 4, false);

        assertThat(lock().source()).isEqualTo(CapacitySource.OPERATOR);
        assertThat(lock().free()).hasValue(4);

        configured.unset(LOCK, false);
        rig.resources.applyConfiguration();

        assertThat(lock().source()).isEqualTo(CapacitySource.PLAN);
        assertThat(lock().capacity()).hasValue(2);
    }

    @Test
    void aPlanWithAnotherNumberThanTheOperatorsCannotStart() {
        UUID plan = rig.store.create(using("a", 2).capacity("lock", "L", 2).build());
        rig.resources.set(LOCK, 3, false);

        assertThat(rig.control.start(plan, OptionalLong.empty()))
                .isEqualTo(new PlanControl.Change.Blocked(
                        "the plan gives lock/L a capacity of 2, but it has 3, set by an operator"));
        assertThat(rig.planState(plan)).isEqualTo(PlanState.RECOMMENDED);
    }

    @Test
    void aPlanWhoseActionNeedsMoreThanThereIsCannotStart() {
        UUID plan = rig.store.create(
                plan().action("a").using("lock", "L", 1).using("lock", "L", 1).build());

        assertThat(rig.control.start(plan, OptionalLong.empty()))
                .isEqualTo(new PlanControl.Change.Blocked(
                        "action 'a' needs 2 units of lock/L, which has a capacity of 1"));
    }

    @Test
    void loweringBelowADemandIsRefusedUnlessForcedAndThePlanSaysSo() {
        UUID plan = rig.start(using("a", 4).capacity("lock", "L", 4));

        assertThat(rig.resources.set(LOCK, 2, false))
                .isInstanceOfSatisfying(
                        Change.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("Plans need more units of lock/L: plan 'test' (action 'a' takes 4)."));
        assertThat(lock().capacity()).hasValue(4);

        assertThat(rig.resources.set(LOCK, 2, true)).isEqualTo(new Change.Done(Set.of(plan)));
        assertThat(rig.planMessage(plan))
                .isEqualTo("Cannot go on: action 'a' needs 4 units of lock/L, which has a capacity of 2.");
        assertThat(rig.resources.set(LOCK, 3, false)).as("raised").isInstanceOf(Change.Done.class);

        assertThat(rig.resources.unset(LOCK, false)).isEqualTo(new Change.Done(Set.of(plan)));
        assertThat(rig.planMessage(plan)).isEmpty();

        rig.finish(plan, rig.applier(1));

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aFailedPlanIsRetriedOnlyIfThereIsEnough() {
        UUID plan = rig.start(rig.failing(plan().capacity("lock", "L", 2), "a").using("lock", "L", 2));
        rig.finish(plan, rig.applier(1));
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        rig.resources.set(LOCK, 1, false);

        assertThat(rig.control.retry(plan, OptionalLong.empty())).isInstanceOf(PlanControl.Change.Blocked.class);

        rig.resources.unset(LOCK, false);
        assertThat(rig.control.retry(plan, OptionalLong.empty())).isEqualTo(new PlanControl.Change.Done(plan));
        assertThat(lock().capacity()).hasValue(2);
    }

    @Test
    void aPlanDoesNotTakeAwayWhatARunningOneNeeds() {
        ResourceStore configured = new ResourceStore(graph, new Capacities(Map.of("lock", 2), Map.of()));
        UUID running = rig.store.create(using("a", 2).build());
        configured.applyConfiguration();
        rig.control.start(running, OptionalLong.empty());
        UUID other = rig.store.create(using("b", 1).capacity("lock", "L", 1).build());

        assertThat(rig.control.start(other, OptionalLong.empty()))
                .isEqualTo(new PlanControl.Change.Blocked(
                        "plan 'test': action 'a' needs 2 units of lock/L, which has a capacity of 1"));
        assertThat(lock().capacity()).as("it is rolled back").hasValue(2);
    }

    @Test
    void theRemainsOfARefusedPlanAreDeletedWithItsOwnResources() {
        rig.store.create(using("a", 1).capacity("lock", "L", 4).build());
        NewPlan refused = using("b", 1).capacity("lock", "L", 2).build();
        ResourceKey own = new ResourceKey("rack", "own");
        PlanCapacities capacities = new PlanCapacities(Map.of(LOCK, 2, own, 3), Set.of(own), Map.of());
        assertThatThrownBy(() -> rig.store.create(new NewPlan(
                        "refused",
                        refused.planner(),
                        refused.onFailure(),
                        refused.graph(),
                        refused.alternatives(),
                        capacities,
                        refused.origin())))
                .isInstanceOf(InvalidPlan.class);
        assertThat(reader.resources(ALL)).extracting(Resource::kind).containsExactlyInAnyOrder("lock", "rack");

        rig.clock.pass(Duration.ofMinutes(2));
        rig.store.sweepDrafts();

        assertThat(reader.resources(ALL)).extracting(Resource::kind).containsExactly("lock");
    }

    @Test
    void whatRunsGoesOnBelowTheNewCapacity() {
        UUID plan = rig.start(plan().capacity("lock", "L", 3)
                .scripted("a")
                .using("lock", "L", 1)
                .scripted("b")
                .using("lock", "L", 1)
                .scripted("c")
                .using("lock", "L", 1)
                .scripted("d")
                .using("lock", "L", 1));
        Applier applier = rig.applier(8);
        applier.step(true);
        rig.resources.set(LOCK, 1, false);

        assertThat(lock().used()).isEqualTo(3);
        assertThat(lock().free()).hasValue(-2);
        assertThat(lock().holders())
                .hasSize(3)
                .allMatch(holder -> holder.since().isPresent());
        assertThat(lock().waiters()).extracting(User::units).containsExactly(1);

        rig.take(rig.running().getFirst()).run();
        applier.step(true);

        assertThat(rig.running()).hasSize(2);
        rig.finish(plan, applier);
        assertThat(lock().free()).hasValue(1);
    }

    @Test
    void namingATypeLimitsNobody() {
        rig.start(plan().scripted("a").using("action_type", "scripted", 1));
        rig.start(plan().scripted("b").scripted("c"));

        rig.applier(8).step(true);

        assertThat(rig.running()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(resource(SCRIPTED).capacity()).isEmpty();
        assertThat(resource(SCRIPTED).free()).isEmpty();
        assertThat(resource(SCRIPTED).used()).isEqualTo(4);
    }

    @Test
    void theUnitThatATypeTakesAndThatOfThePlanAddUp() {
        PlanBuilder twice = plan().capacity("action_type", "scripted", 3);
        for (int i = 0; i < 6; i++) {
            twice.scripted("s" + i).using("action_type", "scripted", 1);
        }
        UUID plan = rig.start(twice);
        Applier applier = rig.applier(8);

        applier.step(true);

        assertThat(rig.running()).hasSize(1);
        assertThat(resource(SCRIPTED).used()).isEqualTo(2);
        assertThat(resource(SCRIPTED).waiters()).extracting(User::units).containsOnly(2);

        rig.finish(plan, applier);
        assertThat(resource(SCRIPTED).used()).isZero();
    }

    @Test
    void aLimitOfATypeCountsWhatRunsAlready() {
        UUID plan = rig.start(plan().scripted("a").scripted("b").scripted("c"));
        Applier applier = rig.applier(2);
        applier.step(true);

        rig.resources.set(SCRIPTED, 1, false);

        assertThat(resource(SCRIPTED).used()).isEqualTo(2);
        rig.take(rig.running().getFirst()).run();
        applier.step(true);
        assertThat(rig.running()).as("the other one still runs").hasSize(1);
        rig.finish(plan, applier);
        assertThat(resource(SCRIPTED).free()).hasValue(1);
    }

    @Test
    void withoutItsLimitBlockedActionsGoOn() {
        rig.resources.set(SCRIPTED, 1, false);
        rig.start(plan().scripted("a").scripted("b").scripted("c"));
        Applier applier = rig.applier(8);
        applier.step(true);
        assertThat(rig.running()).hasSize(1);

        assertThat(rig.resources.unset(SCRIPTED, false)).isEqualTo(new Change.Done(Set.of()));
        applier.step(true);

        assertThat(rig.running()).hasSize(3);
    }

    @Test
    void noActionOfATypeStartsWhileItsLimitIsZero() {
        UUID plan = rig.start(plan().scripted("a"));

        assertThat(rig.resources.set(SCRIPTED, 0, false)).isInstanceOf(Change.Refused.class);
        rig.resources.set(SCRIPTED, 0, true);
        Applier applier = rig.applier(8);
        applier.step(true);

        assertThat(rig.running()).isEmpty();

        rig.resources.set(SCRIPTED, 1, false);
        rig.finish(plan, applier);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void whatNothingRefersToIsForgotten() {
        rig.resources.set(LOCK, 5, false);

        assertThat(lock().capacity()).hasValue(5);
        assertThat(rig.resources.unset(LOCK, false)).isEqualTo(new Change.Done(Set.of()));
        assertThat(reader.resources(ALL)).isEmpty();
        assertThat(rig.resources.unset(LOCK, false)).isEqualTo(new Change.Unknown());
    }

    @Test
    void theCapacityOfPlansThatHaveEndedCanBeRemoved() {
        UUID plan = rig.start(using("a", 2).capacity("lock", "L", 2));
        rig.finish(plan, rig.applier(1));
        assertThat(lock().source()).isEqualTo(CapacitySource.PLAN);

        rig.resources.unset(LOCK, false);

        assertThat(lock().source()).isEqualTo(CapacitySource.DEFAULT);
        rig.start(using("b", 3).capacity("lock", "L", 3));
        assertThat(lock().capacity()).hasValue(3);
    }

    @Test
    void resourcesAreListedByKeyInPages() {
        for (String id : new String[] {"b/1", "a b", "ü"}) {
            rig.resources.set(new ResourceKey("lock", id), 1, false);
        }

        assertThat(reader.resources(new Filter(Optional.of("lock"), Optional.empty(), Optional.empty(), 2)))
                .extracting(Resource::id)
                .containsExactly("a b", "b/1");
        assertThat(reader.resources(new Filter(Optional.of("lock"), Optional.empty(), Optional.of("lock/b/1"), 2)))
                .extracting(Resource::id)
                .containsExactly("ü");
        assertThat(reader.resources(new Filter(Optional.of("lock"), Optional.of("ü"), Optional.empty(), 2)))
                .extracting(Resource::capacity)
                .containsExactly(OptionalInt.of(1));
    }

    private static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), 100);

    private static PlanBuilder using(String id, int units) {
        return plan().scripted(id).using("lock", "L", units);
    }

    private Resource lock() {
        return resource(LOCK);
    }

    private Resource resource(ResourceKey key) {
        return reader.resources(new Filter(Optional.of(key.kind()), Optional.of(key.id()), Optional.empty(), 100))
                .getFirst();
    }
}
