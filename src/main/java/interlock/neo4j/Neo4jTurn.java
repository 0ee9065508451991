package interlock.neo4j;

import interlock.applier.Attempt;
import interlock.applier.Candidate;
import interlock.applier.Claim;
import interlock.applier.Fence;
import interlock.applier.Picker;
import interlock.applier.Report;
import interlock.applier.Settlement;
import interlock.applier.Standing;
import interlock.applier.Turn;
import interlock.model.ActionState;
import interlock.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
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
    private static final Cypher REPORT = Cypher.of("applier/report");
    private static final Cypher UNPARK = Cypher.of("applier/unpark");
    private static final Cypher BEGIN_PLANS = Cypher.of("applier/begin-plans");
    private static final Cypher OPEN_DUE = Cypher.of("applier/open-due");
    private static final Cypher CANDIDATES = Cypher.of("applier/candidates");
    private static final Cypher CLAIM = Cypher.of("applier/claim");
    private static final Cypher HOLD = Cypher.of("applier/hold");
    private static final Cypher PARK = Cypher.of("applier/park");

    /** How many actions that lack a resource are looked at in one advance: beyond that, they wait for the next. */
    private static final int MOST_EXAMINED = 1_000;

    private final String applier;
    private final Neo4jPlanGraph.Member member;
    private final int running;
    private final boolean lost;
    private boolean aborting;
    private boolean opening;
    private boolean contended;
    private boolean holding;
    private boolean rollingBack;
    private Optional<Instant> nextDue;

    private final Step step;
    private final Set<String> examined = new HashSet<>();

    Neo4jTurn(Graph.Transaction tx, String applier, Neo4jPlanGraph.Member member, Record gate) {
        this.applier = applier;
        this.member = member;
        this.step = new Step(tx, gate.get("now").asZonedDateTime(), new Changes());
        this.running = gate.get("running").asInt();
        this.lost = gate.get("lost").asBoolean();
        this.aborting = gate.get("aborting").asBoolean();
        this.opening = gate.get("opening").asBoolean();
        this.holding = gate.get("holding").asBoolean();
        this.rollingBack = gate.get("rollingBack").asBoolean();
        this.contended = gate.get("contended").asBoolean();
        this.nextDue = Optional.of(gate.get("nextDue"))
                .filter(due -> !due.isNull())
                .map(due -> due.asZonedDateTime().toInstant());
    }

    /** {@return the plans that were changed} What was changed of them is recorded. */
    Set<UUID> end() {
        step.end();
        return step.changes().plans();
    }

    @Override
    public Instant now() {
        return step.now().toInstant();
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
        step.run(ABORTS, Map.of("applier", applier)).forEachRemaining(row -> {
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
        step.run(STANDINGS, Map.of("actions", actions))
                .forEachRemaining(row -> standings.put(
                        UUID.fromString(row.get("action").asString()),
                        Standing.valueOf(row.get("standing").asString())));
        return standings;
    }

    @Override
    public List<Claim> claimsOfTheLost() {
        return lost ? claims(MARK_LOST, Map.of()) : List.of();
    }

    private List<Claim> claims(Cypher cypher, Map<String, Object> parameters) {
        return step.run(cypher, parameters).list(row -> ClaimRow.read(row, now()));
    }

    @Override
    public void report(List<Report> reports) {
        if (reports.isEmpty()) {
            return;
        }
        step.run(REPORT, Map.of("reports", reports.stream().map(Neo4jTurn::row).toList()))
                .forEachRemaining(row -> {
                    if (!row.get("progress").isNull()) {
                        step.changes()
                                .progress(
                                        Changes.OfAction.of(row, null),
                                        row.get("progress").asDouble());
                    }
                });
    }

    private static Map<String, @Nullable Object> row(Report report) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("action", report.claim().action().toString());
        row.put("applier", report.claim().fence().applier());
        row.put("attempt", report.claim().fence().attempt());
        row.put("progress", report.progress().isPresent() ? report.progress().getAsDouble() : null);
        row.put("requestIds", report.requestIds());
        return row;
    }

    @Override
    public List<Settlement> settle(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return List.of();
        }
        Settling.Settled settled = new Settling(step).settle(settlements);
        for (Instant due : settled.retries()) {
            opening = true;
            dueAt(due);
        }
        holding |= settled.pathsMayOpen();
        if (!settled.failed().isEmpty()) {
            fail(settled.failed());
        }
        return settled.refused();
    }

    /** An alternative path, if there is one; else what the plan's failure policy asks for. */
    private void fail(List<Settling.Failed> failed) {
        Rerouting rerouting = new Rerouting(step);
        Rerouting.Rerouted rerouted = rerouting.reroute(failed);
        holding |= rerouted.activated();
        aborting |= rerouted.aborting();
        rollingBack |= new Failures(step).apply(rerouted.left(), rerouting.fail(rerouted.left()));
    }

    private void dueAt(Instant due) {
        if (due.isAfter(now()) && nextDue.filter(due::isAfter).isEmpty()) {
            nextDue = Optional.of(due);
        }
    }

    @Override
    public void open() {
        if (opening) {
            step.run(BEGIN_PLANS, Map.of("host", member.host()))
                    .forEachRemaining(row -> step.changes().plan(row.get("plan").asString()));
            step.send(OPEN_DUE, Map.of());
        }
        if (holding) {
            new Rerouting(step).open();
        }
        if (rollingBack) {
            new RollBack(step).beginWaiting();
        }
    }

    @Override
    public List<Candidate> candidates(int limit) {
        return step.run(CANDIDATES, Map.of("limit", limit)).list(Neo4jTurn::candidate);
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
        List<Claim> claims = claims(CLAIM, Map.of("applier", applier, "actions", actions));
        hold(picks.chosen());
        for (Claim claim : claims) {
            step.changes().action(Changes.OfAction.of(claim, null), ActionState.PENDING, ActionState.ONGOING);
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
        step.runFor(HOLD, "holds", holds);
    }

    private void park(Map<UUID, ResourceKey> parked) {
        if (!parked.isEmpty()) {
            List<Map<String, Object>> rows = parked.entrySet().stream()
                    .map(entry -> Map.<String, Object>of(
                            "action", entry.getKey().toString(),
                            "key", entry.getValue().toString()))
                    .toList();
            step.send(PARK, Map.of("parked", rows));
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
        return step.run(UNPARK, parameters).single().get("unparked").asInt() > 0;
    }

    @Override
    public Optional<Duration> nextDue() {
        return nextDue.map(due -> Duration.between(now(), due));
    }
}
