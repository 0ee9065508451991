package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.PlanBuilder;
import interlock.applier.Signal;
import interlock.model.Capacities;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Graph;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.view.PlanReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(Neo4jServer.class)
class PlanSubscriptionsTest {
    private static final int MORE_THAN_A_MAILBOX_HOLDS = 300;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Signal anyChange = new Signal();
    private final PlanReader reader;
    private final PlanStore store;

    PlanSubscriptionsTest(Graph graph) {
        this.reader = new PlanReader(graph, Neo4jServer.entities(graph));
        this.store = new PlanStore(graph, Capacities.DEFAULT);
    }

    private PlanSubscriptions subscriptions() {
        return new PlanSubscriptions(reader, anyChange, PlanSubscriptions.Limits.DEFAULT);
    }

    private UUID plan() {
        return store.create(PlanBuilder.plan().action("a").build());
    }

    /** Changes a plan so many times, each in a turn of its own, as another process does. */
    private static void change(UUID plan, int times) {
        Neo4jServer.query("""
                MATCH (gate:Gate {name: 'gate'})
                SET gate.turn = gate.turn
                WITH gate
                MATCH (plan:ActionPlan {uuid: $plan})
                UNWIND range(1, $times) AS change
                CREATE (:Revision {
                  planUuid: $plan, number: plan.revision + change, turn: gate.turn + change, at: datetime(), state: 'ONGOING',
                  paused: false, pending: 1, ongoing: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0,
                  standby: 0, actions: '[]'})
                WITH gate, plan, count(*) AS changes
                SET gate.turn = gate.turn + changes, plan.revision = plan.revision + changes
                """, Map.of("plan", plan.toString(), "times", times));
    }

    private static List<Long> numbers(Subscription follower) {
        return follower.take().stream().map(PlanEvent::number).toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** Follows a plan as a client's request does, up to a revision. */
    private List<Long> follow(Subscription follower, long last) throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        while (seen.isEmpty() || seen.getLast() < last) {
            if (follower.catchUp()) {
                long after = seen.isEmpty() ? 0 : seen.getLast();
                reader.revisions(follower.plan(), after, 10_000).stream()
                        .map(RevisionEntity::number)
                        .forEach(seen::add);
            }
            for (long number : numbers(follower)) {
                if (seen.isEmpty() || number > seen.getLast()) {
                    seen.add(number);
                }
            }
            assertThat(seen.isEmpty() || seen.getLast() < last ? follower.await(LONG) : true)
                    .as("after %s", seen)
                    .isTrue();
        }
        return seen;
    }

    @Test
    void oneReadingFeedsAllFollowersOfAllPlans() {
        UUID one = plan();
        UUID other = plan();
        PlanSubscriptions subscriptions = subscriptions();
        List<Subscription> followers = List.of(
                subscriptions.follow(one).orElseThrow(),
                subscriptions.follow(one).orElseThrow(),
                subscriptions.follow(other).orElseThrow());
        subscriptions.step();
        assertThat(followers).allMatch(Subscription::catchUp, "is behind at first");

        change(one, 2);
        change(other, 1);
        subscriptions.step();

        assertThat(followers)
                .extracting(PlanSubscriptionsTest::numbers)
                .containsExactly(List.of(2L, 3L), List.of(2L, 3L), List.of(2L));
        assertThat(followers).noneMatch(Subscription::catchUp);
    }

    @Test
    void whoSubscribesBeforeTheFirstReadingFallsBehindOnceMore() {
        UUID plan = plan();
        PlanSubscriptions subscriptions = subscriptions();
        Subscription follower = subscriptions.follow(plan).orElseThrow();
        assertThat(follower.catchUp()).isTrue();
        change(plan, 1);

        subscriptions.step();

        assertThat(follower.catchUp())
                .as("what was changed meanwhile it reads itself")
                .isTrue();
        assertThat(follower.take()).isEmpty();
    }

    @Test
    void whoTakesNothingFallsBehindAndHurtsNobody() throws Exception {
        UUID plan = plan();
        PlanSubscriptions subscriptions = subscriptions();
        Subscription asleep = subscriptions.follow(plan).orElseThrow();
        Subscription awake = subscriptions.follow(plan).orElseThrow();
        subscriptions.step();
        asleep.catchUp();
        awake.catchUp();

        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            change(plan, MORE_THAN_A_MAILBOX_HOLDS / 2);
            subscriptions.step();
            seen.addAll(numbers(awake));
        }

        assertThat(seen).hasSize(MORE_THAN_A_MAILBOX_HOLDS);
        assertThat(awake.catchUp()).isFalse();
        assertThat(asleep.take()).isEmpty();
        assertThat(follow(asleep, MORE_THAN_A_MAILBOX_HOLDS + 1)).isEqualTo(upTo(MORE_THAN_A_MAILBOX_HOLDS + 1));
    }

    @Test
    void whoeverComesWhilePlansChangeSeesEachChangeOnce() throws Exception {
        UUID plan = plan();
        PlanSubscriptions subscriptions = subscriptions();
        Thread feeding = Thread.ofPlatform().start(subscriptions::run);
        List<Future<List<Long>>> seen = new ArrayList<>();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                seen.add(clients.submit(following(subscriptions, plan, 101)));
                change(plan, 5);
                subscriptions.changed(Set.of(plan));
            }
        } finally {
            feeding.interrupt();
            feeding.join();
        }

        for (Future<List<Long>> each : seen) {
            assertThat(each.get()).isEqualTo(upTo(101));
        }
        assertThat(subscriptions.followers()).isZero();
    }

    private Callable<List<Long>> following(PlanSubscriptions subscriptions, UUID plan, long last) {
        return () -> {
            try (Subscription follower = subscriptions.follow(plan).orElseThrow()) {
                return follow(follower, last);
            }
        };
    }

    @Test
    void whatAnotherProcessChangesIsSeenSoon() throws Exception {
        UUID plan = plan();
        PlanSubscriptions subscriptions = subscriptions();
        Thread feeding = Thread.ofPlatform().start(subscriptions::run);

        try (Subscription follower = subscriptions.follow(plan).orElseThrow()) {
            CompletableFuture<List<Long>> seen = CompletableFuture.supplyAsync(() -> {
                try {
                    return follow(follower, 3);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            change(plan, 2);

            assertThat(seen.join()).isEqualTo(upTo(3));
        } finally {
            feeding.interrupt();
            feeding.join();
        }
    }

    @Test
    void theDatabaseIsAskedNothingWhileNobodyFollowsAPlan() {
        Graph closed = Neo4jServer.withClock(InstantSource.system());
        PlanReader gone = new PlanReader(closed, Neo4jServer.entities(closed));
        closed.close();
        PlanSubscriptions subscriptions = new PlanSubscriptions(gone, anyChange, PlanSubscriptions.Limits.DEFAULT);

        subscriptions.step();

        subscriptions.follow(UUID.randomUUID()).orElseThrow().close();
        subscriptions.step();
        assertThat(subscriptions.followers()).isZero();
    }

    @Test
    void soManyMayFollowAndNoMoreUntilOneLeaves() {
        PlanSubscriptions subscriptions = new PlanSubscriptions(reader, anyChange, new PlanSubscriptions.Limits(3, 2));
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        Subscription first = subscriptions.follow(one).orElseThrow();
        subscriptions.follow(one).orElseThrow();

        assertThat(subscriptions.follow(one)).as("a third follower of one plan").isEmpty();
        subscriptions.follow(other).orElseThrow();
        assertThat(subscriptions.follow(other)).as("a fourth follower").isEmpty();

        first.close();
        first.close();
        assertThat(subscriptions.followers()).isEqualTo(2);
        assertThat(subscriptions.follow(one)).isPresent();
    }

    @Test
    void everyChangeIsTold() throws InterruptedException {
        subscriptions().changed(Set.of(UUID.randomUUID()));

        assertThat(anyChange.await(Duration.ZERO)).isTrue();
    }
}
