package interlock.neo4j;

import interlock.applier.Attempt;
import interlock.applier.Candidate;
import interlock.applier.Claim;
import interlock.applier.Fence;
import interlock.applier.Picker;
import interlock.applier.Settlement;
import interlock.applier.Standing;
import interlock.applier.Turn;
import interlock.model.ActionState;
import interlock.model.OnFailure;
import interlock.model.Outcome;
import interlock.model.ResourceKey;
import interlock.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/** One advance in Neo4j: lives as long as its transaction, and is used by the thread that runs it. */
final class Neo4jTurn implements Turn {
    private static final Cypher OWN_CLAIMS = Cypher.of("applier/own-claims");
    private static final Cypher MARK_LOST = Cypher.of("applier/mark-lost");
    private static final Cypher ABORTS = Cypher.of("applier/aborts");
    private static final Cypher STANDINGS = Cypher.of("applier/standings");
    private static final Cypher SETTLE = Cypher.of("applier/settle");
    private static final Cypher UNPARK = Cypher.of("applier/unpark");
    private static final Cypher UNLOCK = Cypher.of("applier/unlock");
    private static final Cypher CANCEL_DESCENDANTS = Cypher.of("applier/cancel-descendants");
    private static final Cypher CANCEL_REST = Cypher.of("applier/cancel-rest");
    private static final Cypher BEGIN_PLANS = Cypher.of("applier/begin-plans");
    private static final Cypher OPEN_DUE = Cypher.of("applier/open-due");
    private static final Cypher CANDIDATES = Cypher.of("applier/candidates");
    private static final Cypher CLAIM = Cypher.of("applier/claim");
    private static final Cypher HOLD = Cypher.of("applier/hold");
    private static final Cypher PARK = Cypher.of("applier/park");

    /** How many actions that lack a resource are looked at in one advance: beyond that, they wait for the next. */
    private static final int MOST_EXAMINED = 1_000;

    private final Graph.Transaction tx;
    private final String applier;
    private final Neo4jPlanGraph.Member member;
    private final ZonedDateTime time;
    private final int running;
    private final boolean lost;
    private boolean aborting;
    private boolean opening;
    private boolean contended;
    private Optional<Instant> nextDue;

    private final Changes changes = new Changes();
    private final Set<String> examined = new HashSet<>();

    Neo4jTurn(Graph.Transaction tx, String applier, Neo4jPlanGraph.Member member, Record gate) {
        this.tx = tx;
        this.applier = applier;
        this.member = member;
        this.time = gate.get("now").asZonedDateTime();
        this.running = gate.get("running").asInt();
        this.lost = gate.get("lost").asBoolean();
        this.aborting = gate.get("aborting").asBoolean();
        this.opening = gate.get("opening").asBoolean();
        this.contended = gate.get("contended").asBoolean();
        this.nextDue = Optional.of(gate.get("nextDue"))
                .filter(due -> !due.isNull())
                .map(due -> due.asZonedDateTime().toInstant());
    }

    /** {@return the plans that were changed} What was changed of them is recorded. */
    Set<UUID> end() {
        changes.record(tx, time);
        return changes.plans();
    }

    @Override
    public Instant now() {
        return time.toInstant();
    }

    @Override
    public int running() {
        return running;
    }

    @Override
    public List<Claim> ownClaims() {
        return claims(OWN_CLAIMS, Map.of("applier", applier));
    }

    @Override
    public Map<Attempt, String> aborts() {
        if (!aborting) {
            return Map.of();
        }
        Map<Attempt, String> aborts = new HashMap<>();
        tx.run(ABORTS, Map.of("applier", applier)).forEachRemaining(row -> {
            Fence fence = new Fence(applier, row.get("attempt").asInt());
            aborts.put(
                    new Attempt(UUID.fromString(row.get("action").asString()), fence),
                    row.get("why").asString());
        });
        return aborts;
    }

    @Override
    public Map<UUID, Standing> standings(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        List<String> actions =
                claims.stream().map(claim -> claim.action().toString()).toList();
        Map<UUID, Standing> standings = new HashMap<>();
        tx.run(STANDINGS, Map.of("actions", actions))
                .forEachRemaining(row -> standings.put(
                        UUID.fromString(row.get("action").asString()),
                        Standing.valueOf(row.get("standing").asString())));
        return standings;
    }

    @Override
    public List<Claim> claimsOfTheLost() {
        return lost ? claims(MARK_LOST, Map.of("now", time)) : List.of();
    }

    private List<Claim> claims(Cypher cypher, Map<String, Object> parameters) {
        return tx.run(cypher, parameters).list(row -> ClaimRow.read(row, now()));
    }

    @Override
    public List<Settlement> settle(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return List.of();
        }
        Set<String> stored = new HashSet<>(tx.run(SETTLE, Map.of("now", time, "settlements", rows(settlements)))
                .list(row -> row.get("action").asString()));
        List<Settlement> refused = new ArrayList<>();
        List<Settlement> settled = new ArrayList<>();
        for (Settlement settlement : settlements) {
            boolean fits = stored.remove(settlement.claim().action().toString());
            (fits ? settled : refused).add(settlement);
        }
        settled.forEach(this::note);
        unlockChildren(settled);
        applyPolicies(settled);
        return refused;
    }

    private static List<Map<String, @Nullable Object>> rows(List<Settlement> settlements) {
        return settlements.stream().map(Neo4jTurn::row).toList();
    }

    private static Map<String, @Nullable Object> row(Settlement settlement) {
        Claim claim = settlement.claim();
        ActionState state = stateAfter(settlement.verdict());
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("action", claim.action().toString());
        row.put("applier", claim.fence().applier());
        row.put("attempt", claim.fence().attempt());
        row.put("outcome", settlement.outcome().word());
        row.put("message", settlement.outcome().message());
        row.put("failed", settlement.outcome() instanceof Outcome.Failed ? 1 : 0);
        row.put("state", state.name());
        row.put("label", state.label());
        row.put("statusMessage", messageOf(settlement.verdict()));
        row.put("ended", state.ended());
        row.put(
                "notBefore",
                settlement.verdict() instanceof Verdict.Retry retry ? Graph.time(retry.notBefore()) : null);
        return row;
    }

    private static ActionState stateAfter(Verdict verdict) {
        return switch (verdict) {
            case Verdict.End(ActionState state, String _) -> state;
            case Verdict.Retry _ -> ActionState.PENDING;
        };
    }

    private static @Nullable String messageOf(Verdict verdict) {
        String message = switch (verdict) {
            case Verdict.End(ActionState _, String text) -> text;
            case Verdict.Retry(Instant _, String text) -> text;
        };
        return message.isEmpty() ? null : message;
    }

    private void note(Settlement settlement) {
        Claim claim = settlement.claim();
        Changes.OfAction change = new Changes.OfAction(
                claim.plan().toString(),
                claim.action().toString(),
                claim.id(),
                claim.fence().attempt(),
                messageOf(settlement.verdict()));
        changes.action(change, ActionState.ONGOING, stateAfter(settlement.verdict()));
        if (settlement.verdict() instanceof Verdict.Retry retry) {
            opening = true;
            dueAt(retry.notBefore());
        }
    }

    private void dueAt(Instant time) {
        if (time.isAfter(now()) && nextDue.filter(time::isAfter).isEmpty()) {
            nextDue = Optional.of(time);
        }
    }

    private void unlockChildren(List<Settlement> settled) {
        List<String> completed = settled.stream()
                .filter(Neo4jTurn::isComplete)
                .map(settlement -> settlement.claim().action().toString())
                .toList();
        if (!completed.isEmpty()) {
            tx.run(UNLOCK, Map.of("now", time, "completed", completed)).consume();
        }
    }

    private static boolean isComplete(Settlement settlement) {
        ActionState state = stateAfter(settlement.verdict());
        return state.complete() || (hasFailed(settlement) && settlement.claim().onFailure() == OnFailure.IGNORE);
    }

    private static boolean hasFailed(Settlement settlement) {
        return stateAfter(settlement.verdict()) == ActionState.FAILED;
    }

    private void applyPolicies(List<Settlement> settled) {
        List<Settlement> failed = settled.stream().filter(Neo4jTurn::hasFailed).toList();
        for (Settlement settlement : failed) {
            Claim claim = settlement.claim();
            changes.failure(
                    claim.plan().toString(),
                    "Action '%s' failed: %s"
                            .formatted(claim.id(), settlement.outcome().message()));
        }
        cancel(CANCEL_DESCENDANTS, failed, OnFailure.CONTINUE, "Cancelled: it depends on '%s', which failed.");
        cancel(CANCEL_REST, failed, OnFailure.STOP, "Cancelled: '%s' failed, and the plan stops on a failure.");
    }

    private void cancel(Cypher cypher, List<Settlement> failed, OnFailure policy, String message) {
        List<Map<String, Object>> rows = failed.stream()
                .map(Settlement::claim)
                .filter(claim -> claim.onFailure() == policy)
                .map(claim -> Map.<String, Object>of(
                        "action", claim.action().toString(),
                        "plan", claim.plan().toString(),
                        "message", message.formatted(claim.id())))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        tx.run(cypher, Map.of("now", time, "failures", rows))
                .forEachRemaining(row -> changes.action(
                        new Changes.OfAction(
                                row.get("plan").asString(),
                                row.get("action").asString(),
                                row.get("id").asString(),
                                row.get("attempt").asInt(),
                                row.get("message").asString()),
                        ActionState.PENDING,
                        ActionState.CANCELLED));
    }

    @Override
    public void open() {
        if (!opening) {
            return;
        }
        tx.run(BEGIN_PLANS, Map.of("now", time, "host", member.host()))
                .forEachRemaining(row -> changes.plan(row.get("plan").asString()));
        tx.run(OPEN_DUE, Map.of("now", time)).consume();
    }

    @Override
    public List<Candidate> candidates(int limit) {
        return tx.run(CANDIDATES, Map.of("limit", limit)).list(Neo4jTurn::candidate);
    }

    private static Candidate candidate(Record row) {
        return new Candidate(
                UUID.fromString(row.get("uuid").asString()), row.get("demands").asList(Neo4jTurn::demand));
    }

    private static Candidate.Demand demand(Value value) {
        return new Candidate.Demand(
                new ResourceKey(value.get("kind").asString(), value.get("id").asString()),
                value.get("units").asInt(),
                value.get("free").asInt());
    }

    @Override
    public List<Claim> claim(Picker.Picks picks) {
        park(picks.parked());
        if (picks.chosen().isEmpty()) {
            return List.of();
        }
        List<String> actions = picks.chosen().stream()
                .map(candidate -> candidate.action().toString())
                .toList();
        List<Claim> claims = claims(CLAIM, Map.of("now", time, "applier", applier, "actions", actions));
        hold(picks.chosen());
        for (Claim claim : claims) {
            changes.action(
                    new Changes.OfAction(
                            claim.plan().toString(),
                            claim.action().toString(),
                            claim.id(),
                            claim.fence().attempt(),
                            null),
                    ActionState.PENDING,
                    ActionState.ONGOING);
        }
        return claims;
    }

    private void hold(List<Candidate> chosen) {
        List<Map<String, Object>> holds = chosen.stream()
                .flatMap(candidate -> candidate.demands().stream()
                        .map(demand -> Map.<String, Object>of(
                                "action", candidate.action().toString(),
                                "key", demand.resource().toString(),
                                "units", demand.units())))
                .toList();
        if (!holds.isEmpty()) {
            tx.run(HOLD, Map.of("holds", holds)).consume();
        }
    }

    private void park(Map<UUID, ResourceKey> parked) {
        if (!parked.isEmpty()) {
            List<Map<String, Object>> rows = parked.entrySet().stream()
                    .map(entry -> Map.<String, Object>of(
                            "action", entry.getKey().toString(),
                            "key", entry.getValue().toString()))
                    .toList();
            tx.run(PARK, Map.of("parked", rows)).consume();
            parked.keySet().forEach(action -> examined.add(action.toString()));
            contended = true;
        }
    }

    /**
     * Whether a resource has free units and whether somebody waits for it is read from the graph each time: so it does
     * not matter how the units became free, or why who was to take them did not.
     */
    @Override
    public boolean unpark() {
        if (!contended || examined.size() >= MOST_EXAMINED) {
            return false;
        }
        Map<String, Object> parameters =
                Map.of("limit", member.maxConcurrentActions(), "examined", List.copyOf(examined));
        return tx.run(UNPARK, parameters).single().get("unparked").asInt() > 0;
    }

    @Override
    public Optional<Duration> nextDue() {
        return nextDue.map(due -> Duration.between(now(), due));
    }
}
