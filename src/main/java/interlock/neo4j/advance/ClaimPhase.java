package interlock.neo4j.advance;

import interlock.api.Failure;
import interlock.applier.Candidate;
import interlock.applier.Claim;
import interlock.applier.EndedAttempt;
import interlock.applier.Picker;
import interlock.model.ActionState;
import interlock.model.Outcome;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * The fifth phase: claims ready actions for the free slots and resources, in the order of the {@link Picker}. It looks
 * at the first actions of the first plans of the queue, and at those that wait for a resource with free units. Actions
 * that a resource has no units for leave the queue and wait for the resource.
 */
final class ClaimPhase {
    private static final Cypher CANDIDATES = Cypher.of("advance/claim/candidates");
    private static final Cypher WAITING = Cypher.of("advance/claim/waiting");
    private static final Cypher BACKFILL = Cypher.of("advance/claim/backfill");
    private static final Cypher CLAIM = Cypher.of("advance/claim/claim");
    private static final Cypher RESERVE = Cypher.of("advance/claim/reserve");
    private static final Cypher BLOCK = Cypher.of("advance/claim/block");
    private static final Cypher KEEP = Cypher.of("advance/claim/keep");
    private static final Cypher FORGET = Cypher.of("advance/claim/forget");
    private static final Cypher QUEUE = Cypher.of("advance/claim/queue");

    /** The number of actions that one advance blocks, about; the others wait for the next advance. */
    private static final int MOST_BLOCKED = 1_000;

    /** The maximum number of slots that are filled before the places of plans in the queue are updated. */
    private static final int MOST_AT_ONCE = 64;

    /** The minimum number of plans that are looked at. */
    private static final int FEWEST_PLANS = 4;

    private final ChangeContext context;
    private final String applier;
    private final boolean contended;
    private final Map<String, Integer> released;
    private final List<Claim> claims = new ArrayList<>();
    private final List<EndedAttempt> unreadable = new ArrayList<>();
    private final List<QueryResult> claimed = new ArrayList<>();
    private boolean stoppedEarly;

    /** The resources that were looked at, each with the action that its units were kept for; null: none. */
    private final Map<String, @Nullable String> keptBefore = new HashMap<>();

    /**
     * A claim for an applier.
     *
     * @param contended whether an action waits for a resource
     * @param ended the attempts that have ended in this advance
     */
    ClaimPhase(ChangeContext context, String applier, boolean contended, List<EndedAttempt> ended) {
        this.context = context;
        this.applier = applier;
        this.contended = contended;
        this.released = released(ended);
    }

    /** {@return the candidates for this number of slots} They may arrive later. */
    static QueryResult lookUp(Transaction tx, int slots, List<EndedAttempt> ended) {
        return lookUp(tx, slots, released(ended));
    }

    private static QueryResult lookUp(Transaction tx, int slots, Map<String, Integer> released) {
        int window = Math.min(slots, MOST_AT_ONCE);
        return tx.run(CANDIDATES, Map.of("slots", window, "plans", plans(window), "ended", released));
    }

    private static int plans(int window) {
        return Math.max(window, FEWEST_PLANS);
    }

    private static Map<String, Integer> released(List<EndedAttempt> ended) {
        Map<String, Integer> released = new HashMap<>();
        ended.forEach(end -> released.merge(end.claim().plan().toString(), 1, Integer::sum));
        return released;
    }

    /**
     * Claims actions for the free slots.
     *
     * @param known the first candidates, if they were looked up before
     */
    void claim(int slots, @Nullable QueryResult known) {
        if (slots == 0) {
            return;
        }
        ReadyActions ready = new ReadyActions(context, slots);
        if (contended) {
            offerWaiting(ready, slots);
        }
        int window = Math.min(slots, MOST_AT_ONCE);
        QueryResult rows = known == null ? lookUp(context.tx(), window, released) : known;
        int blocked = 0;
        boolean more = true;
        while (more) {
            int plans = ready.offerQueue(rows.list());
            blocked += pick(ready, window);
            boolean unfinished = ready.picker().slots() > 0 && (ready.hasMore() || plans >= plans(window));
            more = unfinished && blocked < MOST_BLOCKED;
            stoppedEarly = unfinished && !more;
            context.runFor(QUEUE, "plans", ready.places(more));
            if (more) {
                window = Math.min(2 * window + FEWEST_PLANS, MOST_AT_ONCE);
                rows = lookUp(context.tx(), window, released);
            }
        }
        backfill(ready);
        keep(ready.picker().reservations());
    }

    /** Before anything is blocked, so that nothing is forgotten that a block needs. */
    private void offerWaiting(ReadyActions ready, int slots) {
        List<Map<String, Object>> noLongerWaiting = new ArrayList<>();
        for (MapAccessor row : context.run(WAITING, Map.of("slots", Math.min(slots, MOST_AT_ONCE)))
                .list()) {
            String resource = row.get("resource").asString();
            String kept = row.get("kept").asString(null);
            keptBefore.put(resource, kept);
            if (kept != null) {
                ready.picker().keptBefore(UUID.fromString(kept));
            }
            if (row.get("none").asBoolean()) {
                noLongerWaiting.add(
                        Map.of("key", resource, "plan", row.get("plan").asString()));
            }
            Map<UUID, Integer> units = new HashMap<>();
            row.get("used")
                    .values()
                    .forEach(used -> units.put(
                            UUID.fromString(used.get("plan").asString()),
                            used.get("units").asInt()));
            ready.picker().unitsInUse(resource, units);
            if (!row.get("action").isNull()) {
                ready.offer(row);
            }
        }
        context.send(FORGET, Map.of("waits", noLongerWaiting));
    }

    /** {@return the number of actions that are blocked} Claims what may start, at most that many actions. */
    private int pick(ReadyActions ready, int most) {
        Picker.Picks picks = ready.picker().pick(most);
        block(ready, picks.blocked());
        claim(ready, picks.chosen());
        return picks.blocked().size();
    }

    /** Looks for actions that end before the reservations start, behind all others that wait for the same resources. */
    private void backfill(ReadyActions ready) {
        List<Picker.Gap> gaps = ready.picker().gaps();
        if (gaps.isEmpty()) {
            return;
        }
        List<Map<String, Object>> rows = gaps.stream()
                .map(gap ->
                        Map.<String, Object>of("key", gap.resource(), "units", gap.units(), "seconds", gap.seconds()))
                .toList();
        context.run(BACKFILL, Map.of("gaps", rows, "limit", ready.picker().slots()))
                .forEachRemaining(ready::offer);
        pick(ready, ready.picker().slots());
    }

    private void block(ReadyActions ready, List<Picker.Blocked> blocked) {
        List<Map<String, Object>> rows = blocked.stream()
                .filter(one -> !ready.waitsFor(one.action(), one.resource()))
                .map(one -> Map.<String, Object>of(
                        "action", one.action().toString(), "key", one.resource(), "units", one.units()))
                .toList();
        context.runFor(BLOCK, "blocked", rows);
        blocked.forEach(one -> ready.left(one.action()));
    }

    private void claim(ReadyActions ready, List<Candidate> chosen) {
        if (chosen.isEmpty()) {
            return;
        }
        List<String> actions =
                chosen.stream().map(candidate -> candidate.action().toString()).toList();
        claimed.add(context.run(CLAIM, Map.of("applier", applier, "actions", actions)));
        reserve(chosen);
        for (Candidate candidate : chosen) {
            ready.left(candidate.action());
            ClaimRow row = ClaimRow.next(
                    ready.row(candidate.action()), applier, context.now().toInstant());
            row.unreadable()
                    .ifPresentOrElse(
                            why -> unreadable.add(
                                    new EndedAttempt(row.claim(), new Outcome.Failed(Failure.permanent(why)))),
                            () -> claims.add(row.claim()));
            context.changes()
                    .action(ChangeLog.OfAction.of(row.claim(), null), ActionState.PENDING, ActionState.ONGOING);
        }
    }

    private void reserve(List<Candidate> chosen) {
        List<Map<String, Object>> holds = chosen.stream()
                .flatMap(candidate -> candidate.demands().stream()
                        .map(demand -> Map.<String, Object>of(
                                "action", candidate.action().toString(),
                                "key", demand.resource(),
                                "units", demand.units())))
                .toList();
        context.runFor(RESERVE, "holds", holds);
    }

    /** Stores what is kept for whom, as far as it has changed. */
    private void keep(Map<String, UUID> reservations) {
        Map<String, @Nullable String> changed = new HashMap<>();
        keptBefore.forEach((resource, before) -> {
            if (before != null && !reservations.containsKey(resource)) {
                changed.put(resource, null);
            }
        });
        reservations.forEach((resource, action) -> {
            if (!action.toString().equals(keptBefore.get(resource))) {
                changed.put(resource, action.toString());
            }
        });
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        changed.forEach((resource, action) -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("key", resource);
            row.put("action", action);
            rows.add(row);
        });
        context.runFor(KEEP, "kept", rows);
    }

    /** {@return the claims} Checks that all of them were stored. */
    List<Claim> claims() {
        int stored = claimed.stream()
                .mapToInt(rows -> rows.single().get("claimed").asInt())
                .sum();
        int wanted = claims.size() + unreadable.size();
        if (stored != wanted) {
            throw new IllegalStateException(
                    "%d candidates were chosen, but %d could be claimed".formatted(wanted, stored));
        }
        return List.copyOf(claims);
    }

    /** {@return whether there are free slots, and actions that were not looked at} */
    boolean stoppedEarly() {
        return stoppedEarly;
    }

    /** {@return claimed actions that cannot run because their stored properties are invalid} */
    List<EndedAttempt> unreadable() {
        return List.copyOf(unreadable);
    }
}
