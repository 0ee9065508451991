package interlock.neo4j.view;

import interlock.model.PlanGraphView;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.ApplierEntity;
import interlock.neo4j.entity.AttemptEntity;
import interlock.neo4j.entity.RevisionEntity;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** Reads what is stored, and sees what this process wrote before. */
public final class PlanReader {
    private static final Cypher PLAN = Cypher.of("read/plan");
    private static final Cypher PLAN_PAGE = Cypher.of("read/plan-page");
    private static final Cypher PLANS_BY_AGE = Cypher.of("read/plans-by-age");
    private static final Cypher PLANS = Cypher.of("read/plans");
    private static final Cypher ACTION_PAGE = Cypher.of("read/action-page");
    private static final Cypher ACTIONS_BY_AGE = Cypher.of("read/actions-by-age");
    private static final Cypher ACTIONS = Cypher.of("read/actions");
    private static final Cypher PARENTS = Cypher.of("read/parents");
    private static final Cypher DELETIONS = Cypher.of("read/deletions");
    private static final Cypher ATTEMPTS = Cypher.of("read/attempts");
    private static final Cypher REVISIONS = Cypher.of("read/revisions");
    private static final Cypher FOLLOWED = Cypher.of("read/followed");
    private static final Cypher TURN = Cypher.of("read/turn");
    private static final Cypher APPLIERS = Cypher.of("read/appliers");
    private static final Cypher DURATIONS = Cypher.of("read/durations");
    private static final Cypher TIMELINE = Cypher.of("read/timeline");
    private static final Cypher SLOTS = Cypher.of("read/slots");
    private static final Cypher FRONTIER = Cypher.of("read/frontier");

    private final Graph graph;
    private final EntityTransactions entities;

    /**
     * Which plans are asked for.
     *
     * @param state those in this state
     * @param auditUuid those of this audit
     * @param strategy those of the strategy of this uuid or name
     * @param name those of this name
     * @param search those whose name has this in it, in capital letters or small ones, or whose uuid begins so
     * @param deleted whether deleted ones are shown too
     */
    public record PlanFilter(
            Optional<String> state,
            Optional<String> auditUuid,
            Optional<String> strategy,
            Optional<String> name,
            Optional<String> search,
            boolean deleted) {
        /** All plans that are not deleted. */
        public static final PlanFilter ANY = new PlanFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /**
     * Which actions are asked for.
     *
     * @param planUuid those of this plan
     * @param auditUuid those of this audit's plans
     * @param state those in this state
     * @param resourceId those on this resource
     * @param actionType those of this type
     * @param deleted whether those of deleted plans are shown too
     */
    public record ActionFilter(
            Optional<String> planUuid,
            Optional<String> auditUuid,
            Optional<String> state,
            Optional<String> resourceId,
            Optional<String> actionType,
            boolean deleted) {}

    /**
     * How much there is to do, and who does it.
     *
     * @param ready how many actions wait for a slot or a resource only
     * @param blocked how many of these wait for a resource
     * @param running how many run
     * @param plans how many plans are in each of the states that are not over
     * @param unchanged of the plans that are to run, how many seconds ago the one last changed of which that is longest
     * @param appliers how many appliers have a valid lease
     * @param slots how many actions these may run at once
     * @param used how many they run
     */
    public record Frontier(
            long ready,
            long blocked,
            long running,
            Map<String, Long> plans,
            double unchanged,
            long appliers,
            long slots,
            long used) {
        private static Frontier of(MapAccessor row) {
            return new Frontier(
                    row.get("ready").asLong(),
                    row.get("blocked").asLong(),
                    row.get("running").asLong(),
                    row.get("plans").asList(plan -> plan).stream()
                            .collect(Collectors.toMap(
                                    plan -> plan.get("state").asString(),
                                    plan -> plan.get("count").asLong())),
                    row.get("unchanged").asDouble(),
                    row.get("appliers").asLong(),
                    row.get("slots").asLong(),
                    row.get("used").asLong());
        }
    }

    /**
     * An applier.
     *
     * @param running how many actions it runs
     * @param leaseUntil until when it may be silent
     * @param alive whether that is in the future
     */
    public record RunningApplier(ApplierEntity applier, long running, Instant leaseUntil, boolean alive) {
        private static final String ACTIVE = "ACTIVE";

        private static Optional<RunningApplier> of(Map<String, Object> row) {
            return row.get("applier") instanceof ApplierEntity applier
                            && row.get("running") instanceof Number number
                            && row.get("leaseUntil") instanceof ZonedDateTime leaseUntil
                            && row.get("alive") instanceof Boolean alive
                    ? Optional.of(new RunningApplier(applier, number.longValue(), leaseUntil.toInstant(), alive))
                    : Optional.empty();
        }

        /** {@return whether it is a member, and its lease has not run out} */
        public boolean isActive() {
            return alive && applier.state().equals(ACTIVE);
        }

        /** {@return ACTIVE, STOPPED or LOST; SILENT: its lease has run out, and nobody has taken its actions yet} */
        public String state() {
            return applier.state().equals(ACTIVE) && !alive ? "SILENT" : applier.state();
        }
    }

    /** Takes the connection, and where entities are loaded. */
    public PlanReader(Graph graph, EntityTransactions entities) {
        this.graph = graph;
        this.entities = entities;
    }

    /** {@return the plan, if there is one} */
    public Optional<ActionPlanEntity> plan(UUID uuid, boolean deleted) {
        return entities(ActionPlanEntity.class, PLAN, Map.of("uuid", uuid.toString(), "deleted", deleted)).stream()
                .findFirst();
    }

    /**
     * {@return the plans that fit, a page of them}
     *
     * @throws UnknownMarker when the page's marker is not among them
     */
    public List<ActionPlanEntity> plans(PlanFilter filter, Page page) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("state", filter.state().orElse(null));
        parameters.put("auditUuid", filter.auditUuid().orElse(null));
        parameters.put("strategy", filter.strategy().orElse(null));
        parameters.put("name", filter.name().orElse(null));
        parameters.put("search", filter.search().orElse(null));
        parameters.put("deleted", filter.deleted());
        Cypher order = page.byAge() ? PLANS_BY_AGE : PLAN_PAGE;
        return entities(ActionPlanEntity.class, PLANS, Map.of("uuids", uuids(order, "ActionPlan", parameters, page)));
    }

    /** {@return the action, if there is one} */
    public Optional<ActionEntity> action(UUID uuid, boolean deleted) {
        return actions(List.of(uuid.toString()), deleted).stream().findFirst();
    }

    /**
     * {@return the actions that fit, a page of them}
     *
     * @throws UnknownMarker when the page's marker is not among them
     */
    public List<ActionEntity> actions(ActionFilter filter, Page page) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("planUuid", filter.planUuid().orElse(null));
        parameters.put("auditUuid", filter.auditUuid().orElse(null));
        parameters.put("state", filter.state().orElse(null));
        parameters.put("resourceId", filter.resourceId().orElse(null));
        parameters.put("actionType", filter.actionType().orElse(null));
        parameters.put("deleted", filter.deleted());
        // those on one resource are few
        Cypher order = page.byAge() && filter.resourceId().isEmpty() ? ACTIONS_BY_AGE : ACTION_PAGE;
        return actions(uuids(order, "Action", parameters, page), filter.deleted());
    }

    private List<ActionEntity> actions(List<String> uuids, boolean deleted) {
        return entities(ActionEntity.class, ACTIONS, Map.of("uuids", uuids, "deleted", deleted));
    }

    private List<String> uuids(Cypher cypher, String what, Map<String, @Nullable Object> parameters, Page page) {
        parameters.putAll(page.parameters());
        return graph.read(tx -> {
            var row = tx.run(cypher, parameters).single();
            if (!row.get("known").asBoolean()) {
                throw new UnknownMarker(what, page.marker().map(UUID::toString).orElse(""));
            }
            return row.get("uuids").asList(value -> value.asString());
        });
    }

    /** {@return the parents of actions, by the uuid of the action} */
    public Map<String, List<String>> parents(List<String> actions) {
        return graph.read(tx -> {
            Map<String, List<String>> parents = new HashMap<>();
            tx.run(PARENTS, Map.of("uuids", actions))
                    .forEachRemaining(row -> parents.put(
                            row.get("action").asString(), row.get("parents").asList(value -> value.asString())));
            return parents;
        });
    }

    /** {@return when plans were deleted, by the uuid of the plan; those that were not are left out} */
    public Map<String, Instant> deletions(Set<String> plans) {
        return graph.read(tx -> tx.run(DELETIONS, Map.of("uuids", List.copyOf(plans))).stream()
                .collect(Collectors.toMap(
                        row -> row.get("plan").asString(),
                        row -> row.get("deletedAt").asZonedDateTime().toInstant())));
    }

    /** {@return the attempts of an action, in order} */
    public List<AttemptEntity> attempts(UUID action) {
        return entities(AttemptEntity.class, ATTEMPTS, Map.of("uuid", action.toString()));
    }

    /** {@return what changed of a plan after a revision, in order, at most {@code limit} changes} */
    public List<RevisionEntity> revisions(UUID plan, long after, int limit) {
        return entities(
                RevisionEntity.class, REVISIONS, Map.of("plan", plan.toString(), "after", after, "limit", limit));
    }

    /** {@return the latest turn of the gate of which anything can be seen} Every later read sees all of it, and of those before. */
    public long turn() {
        return graph.read(tx -> tx.run(TURN, Map.of()).single().get("turn").asLong());
    }

    /** {@return what changed of plans in the turns from one up to another, the changes of each plan in order} */
    public List<RevisionEntity> followed(List<String> plans, long from, long to, int limit) {
        return entities(RevisionEntity.class, FOLLOWED, Map.of("plans", plans, "from", from, "to", to, "limit", limit));
    }

    /**
     * {@return a plan's graph, in the order of the plan: all of what a revision changed that was seen, and maybe more}
     *
     * @param revision the number of that revision
     */
    public PlanGraphView graph(UUID plan, long revision) {
        graph.awaitSeen();
        return graph.read(tx -> PlanGraphReader.read(tx, plan, revision));
    }

    /** {@return when the actions of a plan ran, in the order in which they started or are thought to} Their attempts are loaded, too. */
    public List<ActionEntity> timeline(UUID plan, int offset, int limit) {
        return entities(
                ActionEntity.class, TIMELINE, Map.of("plan", plan.toString(), "offset", offset, "limit", limit));
    }

    /** {@return a plan's alternative paths} */
    public List<PlanGraphView.Path> alternativePaths(UUID plan) {
        return graph.read(tx -> PlanGraphReader.paths(tx, plan));
    }

    /** {@return the appliers, those that are active first} */
    public List<RunningApplier> appliers(int limit) {
        return entities.read(tx -> tx.rows(APPLIERS, Map.of("limit", limit))).stream()
                .flatMap(row -> RunningApplier.of(row).stream())
                .toList();
    }

    /** {@return what there is to do in a plan, in its order} */
    public List<PlannedWork> work(UUID plan) {
        return graph.read(tx -> PlannedWork.read(tx, plan));
    }

    /** {@return how many seconds actions of these types took lately; types of which none has succeeded are left out} */
    public Map<String, Double> durations(Set<String> actionTypes) {
        return graph.read(tx -> tx.run(DURATIONS, Map.of("types", List.copyOf(actionTypes))).stream()
                .collect(Collectors.toMap(
                        row -> row.get("type").asString(),
                        row -> row.get("seconds").asDouble())));
    }

    /** {@return how many actions all appliers may run at once, if there is any applier} */
    public OptionalInt slots() {
        int slots =
                graph.read(tx -> tx.run(SLOTS, Map.of()).single().get("slots").asInt());
        return slots > 0 ? OptionalInt.of(slots) : OptionalInt.empty();
    }

    /** {@return how much there is to do, and who does it} */
    public Frontier frontier() {
        return graph.read(tx -> Frontier.of(tx.run(FRONTIER, Map.of()).single()));
    }

    private <T> List<T> entities(Class<T> type, Cypher cypher, Map<String, ?> parameters) {
        return entities.read(tx -> tx.load(type, cypher, parameters));
    }
}
