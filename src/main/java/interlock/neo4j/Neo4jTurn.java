package interlock.neo4j;

import interlock.applier.Attempt;
import interlock.applier.Candidate;
import interlock.applier.Claim;
import interlock.applier.Fence;
import interlock.applier.Picker;
import interlock.applier.PlanGraph;
import interlock.applier.ProgressReport;
import interlock.applier.Settlement;
import interlock.applier.Standing;
import interlock.applier.Turn;
import interlock.model.ActionState;
import interlock.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** One advance in Neo4j: lives as long as its transaction, and is used by the thread that runs it. */
final class Neo4jTurn implements Turn {
    private static final Cypher OWN_CLAIMS = Cypher.of("applier/own-claims");
    private static final Cypher MARK_LOST = Cypher.of("applier/mark-lost");
    private static final Cypher ABORTS = Cypher.of("applier/aborts");
    private static final Cypher STANDINGS = Cypher.of("applier/standings");
    private static final Cypher REPORT = Cypher.of("applier/report");
    private static final Cypher UNPARK = Cypher.of("applier/unpark");
    private static final Cypher BEGIN_PLANS = Cypher.of("applier/begin-plans");
    private static final Cypher OPEN_PLANS = Cypher.of("applier/open-plans");
    private static final Cypher OPEN_DUE = Cypher.of("applier/open-due");
    private static final Cypher CANDIDATES = Cypher.of("applier/candidates");
    private static final Cypher CLAIM = Cypher.of("applier/claim");
    private static final Cypher HOLD = Cypher.of("applier/hold");
    private static final Cypher PARK = Cypher.of("applier/park");

    /** How many actions that lack a resource are looked at in one advance: beyond that, they wait for the next. */
    private static final int MOST_EXAMINED = 1_000;

    private final Transaction tx;
    private final String applier;
    private final Neo4jPlanGraph.Member member;
    private final int portion;
    private final Rows begun;
    private final Changes changes = new Changes();
    private final Set<String> examined = new HashSet<>();
    private final Map<UUID, MapAccessor> looked = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Rows> claimed = new ArrayList<>();
    private int expected;

    /** The candidates that are looked up already: what changes who may be a candidate drops them. */
    private @Nullable Rows candidates;

    private @Nullable Begun begin;

    /** What there was to do when the advance began, and what has come to it since. */
    private static final class Begun {
        private final Step step;
        private final int running;
        private final boolean lost;
        private boolean aborting;
        private boolean opening;
        private boolean contended;
        private boolean holding;
        private boolean rollingBack;
        private Optional<Instant> nextDue;

        Begun(Transaction tx, Changes changes, MapAccessor row) {
            this.step = new Step(tx, row.get("now").asZonedDateTime(), changes);
            this.running = row.get("running").asInt();
            this.lost = row.get("lost").asBoolean();
            this.aborting = row.get("aborting").asBoolean();
            this.opening = row.get("opening").asBoolean();
            this.holding = row.get("holding").asBoolean();
            this.rollingBack = row.get("rollingBack").asBoolean();
            this.contended = row.get("contended").asBoolean();
            this.nextDue = Optional.of(row.get("nextDue"))
                    .filter(due -> !due.isNull())
                    .map(due -> due.asZonedDateTime().toInstant());
        }
    }

    /** Takes the answer to the statement that opened the advance, which nobody has to wait for yet. */
    Neo4jTurn(Transaction tx, String applier, Neo4jPlanGraph.Member member, int portion, Rows begun) {
        this.tx = tx;
        this.applier = applier;
        this.member = member;
        this.portion = portion;
        this.begun = begun;
    }

    /** Waits for the answer, the first time. What was sent before is rolled back if the applier is no member any more. */
    private Begun begin() {
        Begun known = begin;
        if (known == null) {
            MapAccessor row = begun.single();
            if (!row.get("held").asBoolean()) {
                throw new PlanGraph.LeaseLost(applier);
            }
            known = new Begun(tx, changes, row);
            begin = known;
        }
        return known;
    }

    private Step step() {
        return begin().step;
    }

    /** {@return the plans that were changed} */
    Set<UUID> plans() {
        return changes.plans();
    }

    @Override
    public void expect(int candidates) {
        expected = candidates;
    }

    @Override
    public Instant now() {
        return step().now().toInstant();
    }

    @Override
    public int running() {
        return begin().running;
    }

    @Override
    public List<Claim> ownClaims() {
        return claims(OWN_CLAIMS, Map.of("applier", applier));
    }

    @Override
    public Map<Attempt, String> aborts() {
        if (!begin().aborting) {
            return Map.of();
        }
        Map<Attempt, String> aborts = new HashMap<>();
        step().run(ABORTS, Map.of("applier", applier)).forEachRemaining(row -> {
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
        step().run(STANDINGS, Map.of("actions", actions))
                .forEachRemaining(row -> standings.put(
                        UUID.fromString(row.get("action").asString()),
                        Standing.valueOf(row.get("standing").asString())));
        return standings;
    }

    @Override
    public List<Claim> claimsOfTheLost() {
        return begin().lost ? claims(MARK_LOST, Map.of()) : List.of();
    }

    private List<Claim> claims(Cypher cypher, Map<String, Object> parameters) {
        return step().run(cypher, parameters).list(row -> ClaimRow.read(row, now()));
    }

    @Override
    public void report(List<ProgressReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        step().run(
                        REPORT,
                        Map.of("reports", reports.stream().map(Neo4jTurn::row).toList()))
                .forEachRemaining(row -> {
                    if (!row.get("progress").isNull()) {
                        changes.progress(
                                Changes.OfAction.of(row, null),
                                row.get("progress").asDouble());
                    }
                });
    }

    private static Map<String, @Nullable Object> row(ProgressReport report) {
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
        Rows stored = Settling.send(tx, settlements);
        candidates = expected > 0 && settlements.stream().allMatch(Settlement::completes) ? lookUp(expected) : null;
        Begun begin = begin();
        Settling.Settled settled = new Settling(begin.step).take(settlements, stored);
        for (Instant due : settled.retries()) {
            begin.opening = true;
            dueAt(due);
        }
        begin.holding |= settled.pathsMayOpen();
        if (!settled.failed().isEmpty()) {
            fail(begin, settled.failed());
        }
        return settled.refused();
    }

    private Rows lookUp(int limit) {
        return tx.run(CANDIDATES, Map.of("limit", limit));
    }

    /** An alternative path, if there is one; else what the plan's failure policy asks for. */
    private static void fail(Begun begin, List<Settling.Failed> failed) {
        Step step = begin.step;
        Rerouting rerouting = new Rerouting(step);
        Rerouting.Rerouted rerouted = rerouting.reroute(failed);
        begin.holding |= rerouted.activated();
        begin.aborting |= rerouted.aborting();
        begin.rollingBack |= new Failures(step).apply(rerouted.left(), rerouting.fail(rerouted.left()));
    }

    private void dueAt(Instant due) {
        if (due.isAfter(now()) && begin().nextDue.filter(due::isAfter).isEmpty()) {
            begin().nextDue = Optional.of(due);
        }
    }

    @Override
    public void open() {
        Begun begin = begin();
        if (begin.opening || begin.holding || begin.rollingBack) {
            candidates = null;
        }
        if (begin.opening) {
            step().run(BEGIN_PLANS, Map.of("host", member.host()))
                    .forEachRemaining(row -> changes.plan(row.get("plan").asString()));
            openPlans(begin);
            step().send(OPEN_DUE, Map.of());
        }
        if (begin.holding) {
            new Rerouting(begin.step).open();
        }
        if (begin.rollingBack) {
            new RollBack(begin.step).beginWaiting();
        }
    }

    /** If there may be more than is opened now, it is due at once. */
    private void openPlans(Begun begin) {
        int left = portion;
        boolean more = true;
        while (more && left > 0) {
            List<MapAccessor> looked =
                    begin.step.run(OPEN_PLANS, Map.of("portion", left)).list();
            more = !looked.isEmpty();
            left -= more ? looked.getFirst().get("looked").asInt() : 0;
        }
        if (more) {
            begin.nextDue = Optional.of(begin.step.now().toInstant());
        }
    }

    @Override
    public List<Candidate> candidates(int limit) {
        Rows known = candidates;
        candidates = null;
        return (known != null && limit == expected ? known : lookUp(limit)).list(this::candidate);
    }

    private Candidate candidate(MapAccessor row) {
        UUID uuid = UUID.fromString(row.get("action").get("uuid").asString());
        looked.put(uuid, row);
        return new Candidate(uuid, row.get("demands").asList(Neo4jTurn::demand));
    }

    private static Candidate.Demand demand(Value value) {
        return new Candidate.Demand(
                new ResourceKey(value.get("kind").asString(), value.get("id").asString()),
                value.get("units").asInt(),
                value.get("free").asInt());
    }

    @Override
    public void claim(Picker.Picks picks) {
        park(picks.parked());
        if (picks.chosen().isEmpty()) {
            return;
        }
        List<String> actions = picks.chosen().stream()
                .map(candidate -> candidate.action().toString())
                .toList();
        claimed.add(step().run(CLAIM, Map.of("applier", applier, "actions", actions)));
        hold(picks.chosen());
        for (Candidate candidate : picks.chosen()) {
            Claim claim = ClaimRow.next(Objects.requireNonNull(looked.get(candidate.action())), applier, now());
            claims.add(claim);
            changes.action(Changes.OfAction.of(claim, null), ActionState.PENDING, ActionState.ONGOING);
        }
    }

    /** What has changed is recorded with the claims: nobody has waited for them yet. */
    @Override
    public List<Claim> claimed() {
        step().end();
        int stored = claimed.stream()
                .mapToInt(rows -> rows.single().get("claimed").asInt())
                .sum();
        if (stored != claims.size()) {
            throw new IllegalStateException("of %d candidates %d could be claimed".formatted(claims.size(), stored));
        }
        return List.copyOf(claims);
    }

    private void hold(List<Candidate> chosen) {
        List<Map<String, Object>> holds = chosen.stream()
                .flatMap(candidate -> candidate.demands().stream()
                        .map(demand -> Map.<String, Object>of(
                                "action", candidate.action().toString(),
                                "key", demand.resource().toString(),
                                "units", demand.units())))
                .toList();
        step().runFor(HOLD, "holds", holds);
    }

    private void park(Map<UUID, ResourceKey> parked) {
        if (!parked.isEmpty()) {
            List<Map<String, Object>> rows = parked.entrySet().stream()
                    .map(entry -> Map.<String, Object>of(
                            "action", entry.getKey().toString(),
                            "key", entry.getValue().toString()))
                    .toList();
            step().send(PARK, Map.of("parked", rows));
            parked.keySet().forEach(action -> examined.add(action.toString()));
            begin().contended = true;
        }
    }

    /**
     * Whether a resource has free units and whether somebody waits for it is read from the graph each time: so it does
     * not matter how the units became free, or why who was to take them did not.
     */
    @Override
    public boolean unpark() {
        if (!begin().contended || examined.size() >= MOST_EXAMINED) {
            return false;
        }
        Map<String, Object> parameters =
                Map.of("limit", member.maxConcurrentActions(), "examined", List.copyOf(examined));
        boolean unparked =
                step().run(UNPARK, parameters).single().get("unparked").asInt() > 0;
        if (unparked) {
            candidates = null;
        }
        return unparked;
    }

    @Override
    public Optional<Duration> nextDue() {
        return begin().nextDue.map(due -> Duration.between(now(), due));
    }
}
