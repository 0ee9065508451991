package interlock.neo4j.advance;

import interlock.api.Failure;
import interlock.api.ResourceKey;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** The fifth phase: claims ready actions for the free slots and resources, highest priority first. */
final class ClaimPhase {
    private static final Cypher REQUEUE = Cypher.of("advance/claim/requeue");
    private static final Cypher CANDIDATES = Cypher.of("advance/claim/candidates");
    private static final Cypher CLAIM = Cypher.of("advance/claim/claim");
    private static final Cypher RESERVE = Cypher.of("advance/claim/reserve");
    private static final Cypher BLOCK = Cypher.of("advance/claim/block");

    /** The maximum number of blocked actions that one advance examines; the others wait for the next advance. */
    private static final int MOST_EXAMINED = 1_000;

    /** The minimum number of ready actions that are examined if there is a free slot. */
    private static final int SMALLEST_WINDOW = 16;

    private final ChangeContext context;
    private final String applier;
    private final int mostRequeued;
    private final Set<String> examined = new HashSet<>();
    private final Map<UUID, MapAccessor> looked = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<EndedAttempt> unreadable = new ArrayList<>();
    private final List<QueryResult> claimed = new ArrayList<>();
    private boolean contended;

    ClaimPhase(ChangeContext context, String applier, int mostRequeued, boolean contended) {
        this.context = context;
        this.applier = applier;
        this.mostRequeued = mostRequeued;
        this.contended = contended;
    }

    /** {@return the candidates for this number of slots} They may arrive later. */
    static QueryResult lookUp(Transaction tx, int slots) {
        return tx.run(CANDIDATES, Map.of("limit", window(slots)));
    }

    private static int window(int free) {
        return Math.max(free, SMALLEST_WINDOW);
    }

    /**
     * Claims actions for the free slots.
     *
     * @param known the first candidates, if they were looked up before
     */
    void claim(int slots, @Nullable QueryResult known) {
        int free = slots;
        QueryResult next = known;
        boolean more = free > 0;
        while (more) {
            boolean requeued = requeue();
            QueryResult rows = next == null || requeued ? lookUp(context.tx(), free) : next;
            next = null;
            List<Candidate> candidates = rows.list(this::candidate);
            Picker.Picks picks = Picker.pick(candidates, free);
            block(picks.parked());
            claim(picks.chosen());
            more = free > picks.chosen().size() && (requeued || candidates.size() == window(free));
            free -= picks.chosen().size();
        }
    }

    private Candidate candidate(MapAccessor row) {
        UUID uuid = UUID.fromString(row.get("action").get("uuid").asString());
        looked.put(uuid, row);
        return new Candidate(uuid, demands(row.get("demands").asList(value -> value)));
    }

    /** {@return the demands, with one sum for each resource} */
    private static List<Candidate.Demand> demands(List<Value> rows) {
        Map<ResourceKey, Candidate.Demand> demands = new LinkedHashMap<>();
        for (Value row : rows) {
            ResourceKey resource = key(row.get("key").asString());
            demands.merge(
                    resource,
                    new Candidate.Demand(
                            resource, row.get("units").asInt(), row.get("free").asInt(Integer.MAX_VALUE)),
                    (one, other) -> new Candidate.Demand(resource, one.units() + other.units(), one.free()));
        }
        return List.copyOf(demands.values());
    }

    /** The key of a plan's own resource begins with the plan's uuid; only the whole key counts here. */
    private static ResourceKey key(String key) {
        int slash = key.indexOf('/');
        return new ResourceKey(key.substring(0, slash), key.substring(slash + 1));
    }

    private void claim(List<Candidate> chosen) {
        if (chosen.isEmpty()) {
            return;
        }
        List<String> actions =
                chosen.stream().map(candidate -> candidate.action().toString()).toList();
        claimed.add(context.run(CLAIM, Map.of("applier", applier, "actions", actions)));
        reserve(chosen);
        for (Candidate candidate : chosen) {
            ClaimRow row = ClaimRow.next(
                    Objects.requireNonNull(looked.get(candidate.action())),
                    applier,
                    context.now().toInstant());
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
                                "key", demand.resource().toString(),
                                "units", demand.units())))
                .toList();
        context.runFor(RESERVE, "holds", holds);
    }

    private void block(Map<UUID, ResourceKey> blocked) {
        if (!blocked.isEmpty()) {
            List<Map<String, Object>> rows = blocked.entrySet().stream()
                    .map(entry -> Map.<String, Object>of(
                            "action", entry.getKey().toString(),
                            "key", entry.getValue().toString()))
                    .toList();
            context.send(BLOCK, Map.of("parked", rows));
            blocked.keySet().forEach(action -> examined.add(action.toString()));
            contended = true;
        }
    }

    /**
     * Requeues blocked actions. Free units and blocked actions are read from the graph each time; therefore it does not
     * matter how units became free, or why an earlier candidate did not take them.
     */
    private boolean requeue() {
        if (!contended || examined.size() >= MOST_EXAMINED) {
            return false;
        }
        Map<String, Object> parameters = Map.of("limit", mostRequeued, "examined", List.copyOf(examined));
        return context.run(REQUEUE, parameters).single().get("unparked").asInt() > 0;
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

    /** {@return claimed actions that cannot run because their stored properties are invalid} */
    List<EndedAttempt> unreadable() {
        return List.copyOf(unreadable);
    }
}
