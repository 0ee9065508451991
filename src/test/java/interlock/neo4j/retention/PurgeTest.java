package interlock.neo4j.retention;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.applier.Signal;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl.Change;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.retention.PurgeStore.Selection;
import interlock.neo4j.store.WebhookStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class PurgeTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final OptionalLong ANY = OptionalLong.empty();

    @AutoClose
    private final Rig rig = new Rig();

    @AutoClose
    private final Graph graph = Neo4jServer.withClock(rig.clock);

    private final PurgeStore purges = new PurgeStore(graph);
    private final Applier applier = rig.applier(8);

    private static Selection olderThan(Duration age) {
        return new Selection(age, PurgeStore.STATES, Optional.empty());
    }

    private PurgeWorker worker(Transactions transactions) {
        return new PurgeWorker(transactions, "test", rig.clock::pass, System::nanoTime, new Signal());
    }

    private Purge carriedOut(Selection selection) throws InterruptedException {
        Purge purge = purges.create(selection);
        worker(graph).step();
        return purges.find(UUID.fromString(purge.uuid())).orElseThrow();
    }

    private UUID ended(PlanBuilder plan) {
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);
        return uuid;
    }

    private PlanBuilder all() {
        rig.failing(plan(), "b");
        return plan().action("a")
                .using("compute_host", "h1", 1)
                .using("lock", "shared", 1)
                .scripted("b", "a")
                .tried(2)
                .path("other", List.of("b"), plan().action("c").using("lock", "other", 1))
                .capacity("lock", "other", 3);
    }

    private static long count(String pattern) {
        return Neo4jServer.look("MATCH " + pattern + " RETURN count(*) AS it", Map.of())
                .getFirst()
                .get("it")
                .asLong();
    }

    @Test
    void everythingOfAnOldPlanGoesAndNothingOfAYoungOne() throws InterruptedException {
        UUID old = ended(all());
        rig.clock.pass(MONTH);
        UUID young = ended(plan().action("a").using("lock", "shared", 1));
        rig.clock.pass(Duration.ofSeconds(1));

        Purge purge = carriedOut(olderThan(MONTH));

        assertThat(purge.total()).isEqualTo(new Purge.Amount(1, 3));
        assertThat(purge.removed()).isEqualTo(purge.total());
        assertThat(purge.finishedAt()).isNotNull();
        assertThat(Neo4jServer.look("""
                        MATCH (n)
                        WHERE n.planUuid = $plan OR n.uuid = $plan
                        RETURN labels(n)[0] AS it
                        """, Map.of("plan", old.toString()))).isEmpty();
        assertThat(count("(a:Attempt) WHERE NOT EXISTS { (a)--() }")).isZero();
        assertThat(count("(a:AlternativePath)")).isZero();
        assertThat(Neo4jServer.look("MATCH (r:Resource) RETURN r.key AS it", Map.of()))
                .map(row -> row.get("it").asString())
                .containsExactly("lock/shared");
        assertThat(rig.planState(young)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.states(young)).isEqualTo("a=SUCCEEDED");
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        UUID old = ended(plan().action("a").action("b"));
        rig.clock.pass(MONTH.plusSeconds(1));

        PurgeStore.DryRun counted = purges.dryRun(olderThan(MONTH));

        assertThat(counted).isEqualTo(new PurgeStore.DryRun(new Purge.Amount(1, 2), 0, List.of(old.toString())));
        assertThat(rig.planState(old)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(count("(p:Purge)")).isZero();
    }

    @Test
    void onlyTheStatesAndPlansThatWereAskedForGo() throws InterruptedException {
        UUID succeeded = ended(plan().action("a"));
        UUID failed = ended(rig.failing(plan(), "f"));
        UUID deleted = rig.store.create(plan().action("a").build());
        rig.control.delete(deleted, ANY);
        UUID superseded = rig.store.create(plan().action("a").build());
        rig.store.create(plan().supersede().action("a").build());
        while (Neo4jServer.look("MATCH (p:ActionPlan) WHERE p.change IS NOT NULL RETURN p.uuid AS it", Map.of())
                .iterator()
                .hasNext()) {
            applier.step(true);
        }
        rig.clock.pass(MONTH.plusSeconds(1));

        carriedOut(new Selection(MONTH, List.of(PlanState.DELETED, PlanState.SUPERSEDED), Optional.empty()));
        assertThat(plans()).contains(succeeded.toString(), failed.toString());
        assertThat(plans()).doesNotContain(deleted.toString(), superseded.toString());

        carriedOut(new Selection(MONTH, PurgeStore.STATES, Optional.of(List.of(failed.toString()))));
        assertThat(plans()).contains(succeeded.toString()).doesNotContain(failed.toString());
    }

    private static List<String> plans() {
        return Neo4jServer.look("MATCH (p:ActionPlan) RETURN p.uuid AS it", Map.of()).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }

    @Test
    void aPlanStaysUntilWebhooksWereToldAboutIt() throws InterruptedException {
        WebhookStore webhooks = new WebhookStore(graph, Neo4jServer.entities(graph));
        String webhook =
                webhooks.create("http://localhost:1", List.of("*"), "secret").uuid();
        UUID plan = ended(plan().action("a"));
        rig.clock.pass(MONTH.plusSeconds(1));

        Purge early = carriedOutAtOnce(webhook, false);
        assertThat(early.removed().plans()).isZero();
        assertThat(early.kept()).isEqualTo(1);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);

        Purge late = carriedOutAtOnce(webhook, true);
        assertThat(late.removed().plans()).isEqualTo(1);
        assertThat(plans()).isEmpty();
    }

    /** Its minute of patience passes with each look at the clock. */
    private Purge carriedOutAtOnce(String webhook, boolean told) throws InterruptedException {
        if (told) {
            Neo4jServer.query(
                    "MATCH (w:Webhook {uuid: $uuid}), (g:Gate) SET w.turn = g.turn + 1", Map.of("uuid", webhook));
        }
        Purge purge = purges.create(olderThan(MONTH));
        long[] nanos = {0};
        new PurgeWorker(
                        graph,
                        "test",
                        rig.clock::pass,
                        () -> nanos[0] += Duration.ofSeconds(30).toNanos(),
                        new Signal())
                .step();
        return purges.find(UUID.fromString(purge.uuid())).orElseThrow();
    }

    @Test
    void aMarkedPlanIsNotFoundByAnybody() {
        UUID plan = ended(rig.failing(plan(), "f"));
        rig.clock.pass(MONTH.plusSeconds(1));
        purges.create(olderThan(MONTH));
        Cut cut = new Cut(5);

        assertThatThrownBy(() -> worker(cut).step()).isInstanceOf(Cut.Ended.class);

        assertThat(count("(p:Purging)")).isEqualTo(1);
        assertThat(rig.control.retry(plan, ANY)).isEqualTo(new Change.Unknown());
        assertThat(rig.control.delete(plan, ANY)).isEqualTo(new Change.Unknown());
    }

    /** Whichever transaction is the last of a killed service. */
    @Test
    void anotherServiceGoesOnWhereAKilledOneWas() throws InterruptedException {
        for (int transactions = 1; ; transactions += 3) {
            Neo4jServer.empty();
            Applier fresh = rig.applier(8);
            UUID first = rig.start(all());
            rig.finish(first, fresh);
            UUID second = rig.start(plan().action("a").using("lock", "shared", 1));
            rig.finish(second, fresh);
            rig.clock.pass(MONTH.plusSeconds(1));
            Purge purge = purges.create(olderThan(MONTH));
            boolean killed = killedAfter(transactions);

            worker(graph).step();
            assertThat(purges.find(UUID.fromString(purge.uuid())).orElseThrow().finishedAt() == null)
                    .as("is held by the killed service")
                    .isEqualTo(killed && transactions > 1);
            rig.clock.pass(PurgeWorker.LEASE.plusSeconds(1));
            worker(graph).step();

            Purge ended = purges.find(UUID.fromString(purge.uuid())).orElseThrow();
            assertThat(ended.removed())
                    .as("after %d transactions", transactions)
                    .isEqualTo(new Purge.Amount(2, 4));
            assertThat(count(
                            "(n) WHERE n:ActionPlan OR n:Purging OR n:Action OR n:Attempt OR n:Revision OR n:Resource"))
                    .isZero();
            if (!killed) {
                return;
            }
        }
    }

    private boolean killedAfter(int transactions) throws InterruptedException {
        try {
            worker(new Cut(transactions)).step();
            return false;
        } catch (Cut.Ended _) {
            return true;
        }
    }

    /** Transactions of a service that is killed after some of them. */
    private final class Cut implements Transactions {
        private int left;

        static final class Ended extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        Cut(int transactions) {
            this.left = transactions;
        }

        private void count() {
            if (left-- <= 0) {
                throw new Ended();
            }
        }

        @Override
        public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
            count();
            return graph.write(work);
        }

        @Override
        public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
            count();
            return graph.read(work);
        }
    }

    @Test
    void aPlanThatIsRetriedMeanwhileStays() throws InterruptedException {
        UUID plan = ended(rig.failing(plan(), "f"));
        rig.clock.pass(MONTH.plusSeconds(1));
        purges.create(olderThan(MONTH));
        rig.control.retry(plan, ANY);

        worker(graph).step();

        assertThat(rig.planState(plan)).isEqualTo(PlanState.PENDING);
    }

    @Test
    void aResourceWithACapacityOfAnOperatorStays() throws InterruptedException {
        ended(plan().action("a").using("lock", "L", 1));
        rig.resources.set(new interlock.api.ResourceKey("lock", "L"), 2, false);
        rig.clock.pass(MONTH.plusSeconds(1));

        carriedOut(olderThan(MONTH));

        assertThat(count("(r:Resource {key: 'lock/L'})")).isEqualTo(1);
        assertThat(count("()-[:USES]->()")).isZero();
    }

    @Test
    void theRetentionTimeBeginsADayAfterItsFirstAnnouncementAndIsLookedAtOnceAnHour() throws InterruptedException {
        UUID old = ended(plan().action("a"));
        rig.clock.pass(MONTH.plusSeconds(1));

        PurgeStore.Announcement first = purges.announce(MONTH);
        assertThat(first.plans()).isEqualTo(1);
        assertThat(first.begun()).isFalse();
        assertThat(first.beginsAt()).isEqualTo(rig.clock.instant().plus(Duration.ofDays(1)));
        assertThat(purges.purgeOld(MONTH)).isEmpty();

        rig.clock.pass(Duration.ofHours(23));
        assertThat(purges.announce(MONTH)).isEqualTo(first);
        assertThat(purges.purgeOld(MONTH)).isEmpty();

        rig.clock.pass(Duration.ofHours(1));
        assertThat(purges.announce(MONTH).begun()).isTrue();
        assertThat(purges.purgeOld(MONTH)).hasValueSatisfying(purge -> {
            assertThat(purge.retention()).isTrue();
            assertThat(purge.total().plans()).isEqualTo(1);
        });
        assertThat(purges.purgeOld(MONTH)).as("another service").isEmpty();
        worker(graph).step();
        assertThat(plans()).doesNotContain(old.toString());
        assertThat(purges.purgeOld(MONTH)).as("within an hour").isEmpty();
    }

    @Test
    void deadAppliersGoAfterADay() {
        applier.step(true);
        applier.stop();
        Collection<String> before = appliers();
        rig.clock.pass(Duration.ofDays(1));
        purges.sweep();
        assertThat(appliers()).isEqualTo(before);

        Neo4jServer.query("MATCH (a:Applier) SET a.state = 'STOPPED', a.stoppedAt = a.startedAt", Map.of());
        rig.clock.pass(Duration.ofSeconds(1));
        purges.sweep();

        assertThat(appliers()).isEmpty();
        assertThat(count("(l:Lease)")).isZero();
    }

    private static List<String> appliers() {
        return Neo4jServer.look("MATCH (a:Applier) RETURN a.id AS it ORDER BY it", Map.of()).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }
}
