package interlock.web.v1;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.model.StackTraceOnly;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.view.PlanReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The followers of plans. One thread reads what changes of all followed plans, once for all of their followers, and puts it into
 * their mailboxes; so nobody waits for a follower, and a plan that does not change costs nothing, however many follow it.
 *
 * <p>The thread reads the changes of one turn of the gate after the other. A turn that it has seen anything of is seen whole by every
 * read that begins after: its own and those by which followers catch up. Followers that subscribe before it takes its first
 * turn fall behind then, those that subscribe later are sent what comes after; either way none misses a change.
 */
public final class PlanSubscriptions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlanSubscriptions.class);

    /** How often changes are looked for that other processes make. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How many changes are read at once. Whoever is sent more of them at once reads them for himself. */
    private static final int BATCH = 2000;

    private final PlanReader reader;
    private final Function<RevisionEntity, PlanEvent> encoding;
    private final Signal anyChange;
    private final Limits limits;
    private final Map<UUID, Set<Subscription>> followers = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Signal due = new Signal();
    private OptionalLong nextTurn = OptionalLong.empty();

    /**
     * How many may follow at once.
     *
     * @param all in this process
     * @param ofOnePlan the same plan
     */
    public record Limits(int all, int ofOnePlan) {
        /** What applies unless somebody says otherwise. */
        public static final Limits DEFAULT = new Limits(1000, 800);
    }

    /** Raises {@code anyChange} with every change of whatever plan that this process makes. */
    public PlanSubscriptions(PlanReader reader, Signal anyChange, Limits limits) {
        this.reader = reader;
        this.encoding = new PlanEvent.Encoding()::event;
        this.anyChange = anyChange;
        this.limits = limits;
    }

    /** Says that this process has changed plans. May be called by any thread, and waits for nothing. */
    public void changed(Set<UUID> plans) {
        if (!plans.isEmpty()) {
            anyChange.raise();
        }
        if (plans.stream().anyMatch(followers::containsKey)) {
            due.raise();
        }
    }

    /** {@return how many follow a plan} */
    public int followers() {
        return count.get();
    }

    /** {@return a subscription to what changes of a plan, until it is closed; nothing if too many follow plans already} */
    Optional<Subscription> follow(UUID plan) {
        Subscription subscription = new Subscription(plan, this::unfollow);
        if (count.incrementAndGet() > limits.all() || !add(subscription)) {
            count.decrementAndGet();
            return Optional.empty();
        }
        due.raise();
        return Optional.of(subscription);
    }

    private boolean add(Subscription subscription) {
        return followers
                .compute(subscription.plan(), (_, others) -> {
                    Set<Subscription> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                    if (all.size() < limits.ofOnePlan()) {
                        all.add(subscription);
                    }
                    return all;
                })
                .contains(subscription);
    }

    private void unfollow(Subscription subscription) {
        followers.computeIfPresent(subscription.plan(), (_, others) -> {
            if (others.remove(subscription)) {
                count.decrementAndGet();
            }
            return others.isEmpty() ? null : others;
        });
    }

    /** Feeds the followers until the thread is interrupted. */
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                feed();
                due.await(POLL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void feed() {
        try {
            step();
        } catch (GraphUnavailable e) {
            log.debug("followers of plans are cut off: {}", e.getMessage());
            close(); // they come back, and see that the database is out of reach
        } catch (RuntimeException e) {
            log.error("followers of plans are sent nothing now; it is tried again", StackTraceOnly.of(e));
        }
    }

    /** Looks once, and sends what there is. Asks nothing of the database while nobody follows a plan. */
    void step() {
        if (followers.isEmpty()) {
            nextTurn = OptionalLong.empty();
            return;
        }
        long latest = reader.turn();
        if (nextTurn.isEmpty()) {
            all().forEach(Subscription::fallBehind);
        } else if (latest >= nextTurn.getAsLong()) {
            // only now is it asked who follows: those that subscribe later read for themselves what changed up to this
            // turn
            List<String> plans = followers.keySet().stream().map(UUID::toString).toList();
            List<RevisionEntity> revisions = reader.followed(plans, nextTurn.getAsLong(), latest, BATCH);
            if (revisions.size() == BATCH) {
                all().forEach(Subscription::fallBehind);
            } else {
                revisions.forEach(this::send);
            }
        }
        nextTurn = OptionalLong.of(latest + 1);
    }

    /** Cuts off all followers, so that none keeps the server from stopping. */
    @Override
    public void close() {
        all().forEach(Subscription::cutOff);
    }

    private List<Subscription> all() {
        return followers.values().stream().flatMap(Set::stream).toList();
    }

    private void send(RevisionEntity revision) {
        Set<Subscription> its = followers.getOrDefault(UUID.fromString(revision.planUuid()), Set.of());
        if (!its.isEmpty()) {
            PlanEvent event = encoding.apply(revision);
            its.forEach(subscription -> subscription.offer(event));
        }
    }
}
