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
 * The followers of plans. One thread reads the changes of all followed plans, once for all followers, and offers them
 * to the followers' mailboxes. So no follower delays another one, and unchanged plans cost nothing, however many
 * clients follow them.
 *
 * <p>The thread reads the changes in the order of commit sequence numbers. A commit that it has seen in part is
 * complete for every read that begins afterwards, both its own and those of followers that catch up. Followers that
 * subscribe before the thread's first read are marked as behind by it; later ones receive all changes after it. Either
 * way, no follower misses a change.
 */
public final class PlanSubscriptions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlanSubscriptions.class);

    /** How often the changes of other processes are polled. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How many changes are read at once. With more changes, each follower reads its own from the graph. */
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
     * How many followers are permitted.
     *
     * @param all in this process
     * @param ofOnePlan for each plan
     */
    public record Limits(int all, int ofOnePlan) {
        /** The default limits. */
        public static final Limits DEFAULT = new Limits(1000, 800);
    }

    /**
     * Creates subscriptions.
     *
     * @param anyChange raised for every change of a plan by this process
     */
    public PlanSubscriptions(PlanReader reader, Signal anyChange, Limits limits) {
        this.reader = reader;
        this.encoding = new PlanEvent.Encoding()::event;
        this.anyChange = anyChange;
        this.limits = limits;
    }

    /** Announces that this process has changed plans. Callable by any thread; does not block. */
    public void changed(Set<UUID> plans) {
        if (!plans.isEmpty()) {
            anyChange.raise();
        }
        if (plans.stream().anyMatch(followers::containsKey)) {
            due.raise();
        }
    }

    /** {@return the current number of followers} */
    public int followers() {
        return count.get();
    }

    /** {@return a subscription to the changes of a plan, until it is closed; empty if there are too many followers} */
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
            log.debug("disconnecting all followers of plans: {}", e.getMessage());
            close(); // they reconnect, and get the error
        } catch (RuntimeException e) {
            log.error("cannot send events to the followers of plans; retrying", StackTraceOnly.of(e));
        }
    }

    /** Reads the new changes once and distributes them. Does not use the database while there are no followers. */
    void step() {
        if (followers.isEmpty()) {
            nextTurn = OptionalLong.empty();
            return;
        }
        long latest = reader.turn();
        if (nextTurn.isEmpty()) {
            all().forEach(Subscription::fallBehind);
        } else if (latest >= nextTurn.getAsLong()) {
            // The followers are determined only now: those that subscribe later read the changes up to this commit
            // themselves.
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

    /** Disconnects all followers, so that none keeps the server from stopping. */
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
