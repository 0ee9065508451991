package interlock.neo4j.view;

import interlock.model.ApplierState;
import interlock.model.PlanGraphView;
import interlock.model.StoredState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransaction;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.duration.RecordedDurations;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.ApplierEntity;
import interlock.neo4j.entity.AttemptEntity;
import interlock.neo4j.entity.RevisionEntity;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collection;
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

/** Reads stored plans, actions and appliers. Sees all earlier writes of this process. */
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
    private static final Cypher APPLIERS = Cypher.of("read/appliers");
    private static final Cypher TIMELINE = Cypher.of("read/timeline");
    private static final Cypher STORED_TYPE = Cypher.of("read/stored-type");
    private static final Cypher SLOTS = Cypher.of("read/slots");
    private static final Cypher FRONTIER = Cypher.of("read/frontier");

    private final Graph graph;
    private final EntityTransactions entities;

    /**
     * A filter of plans; empty components match all plans.
     *
     * @param state the plans' state
     * @param auditUuid the audit that the plans belong to
     * @param strategy the uuid or name of the plans' strategy
     * @param name the plans' name
     * @param search a part of the name, ignoring case, or the beginning of the uuid
     * @param deleted whether deleted plans match
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
     * A filter of actions; empty components match all actions.
     *
     * @param planUuid the actions' plan
     * @param auditUuid the audit of the actions' plan
     * @param state the actions' state
     * @param resourceId the actions' resource
     * @param actionType the actions' type
     * @param deleted whether actions of deleted plans match
     */
    public record ActionFilter(
            Optional<String> planUuid,
            Optional<String> auditUuid,
            Optional<String> state,
            Optional<String> resourceId,
            Optional<String> actionType,
            boolean deleted) {}

    /**
     * The amount of pending and running work, and the appliers.
     *
     * @param ready the number of ready actions
     * @param blocked the number of ready actions that are blocked by a resource
     * @param running the number of running actions
     * @param plans the number of plans by state, without final states
     * @param unchanged the seconds since the last change of the unfinished plan that has been unchanged for the longest
     *     time
     * @param appliers the number of appliers with a valid lease
     * @param slots the number of actions that these may run at once
     * @param used the number of actions that they run
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
     * An applier with its current state.
     *
     * @param running the number of its running actions
     * @param leaseUntil the end of its lease
     * @param alive whether the lease is valid
     */
    public record RunningApplier(ApplierEntity applier, long running, Instant leaseUntil, boolean alive) {
        private static RunningApplier of(Map<String, Object> row) {
            return new RunningApplier(
                    EntityTransaction.column(row, "applier", ApplierEntity.class),
                    EntityTransaction.column(row, "running", Number.class).longValue(),
                    EntityTransaction.column(row, "leaseUntil", ZonedDateTime.class)
                            .toInstant(),
                    EntityTransaction.column(row, "alive", Boolean.class));
        }

        /** {@return whether it is a member, and its lease has not run out} */
        public boolean isActive() {
            return alive && applier.state().is(ApplierState.ACTIVE);
        }

        /**
         * {@return the stored state, or {@link ApplierState#SILENT}}
         */
        public StoredState<ApplierState> state() {
            return applier.state().is(ApplierState.ACTIVE) && !alive
                    ? StoredState.of(ApplierState.SILENT)
                    : applier.state();
        }
    }

    /** Takes the connection, and where entities are loaded. */
    public PlanReader(Graph graph, EntityTransactions entities) {
        this.graph = graph;
        this.entities = entities;
    }

    /** {@return the plan, if it exists} */
    public Optional<ActionPlanEntity> plan(UUID uuid, boolean deleted) {
        return entities(ActionPlanEntity.class, PLAN, Map.of("uuid", uuid.toString(), "deleted", deleted)).stream()
                .findFirst();
    }

    /**
     * {@return a page of the matching plans}
     *
     * @throws UnknownMarker if the page's marker is not among them
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

    /** {@return the action, if it exists} */
    public Optional<ActionEntity> action(UUID uuid, boolean deleted) {
        return actions(List.of(uuid.toString()), deleted).stream().findFirst();
    }

    /**
     * {@return a page of the matching actions}
     *
     * @throws UnknownMarker if the page's marker is not among them
     */
    public List<ActionEntity> actions(ActionFilter filter, Page page) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("planUuid", filter.planUuid().orElse(null));
        parameters.put("auditUuid", filter.auditUuid().orElse(null));
        parameters.put("state", filter.state().orElse(null));
        parameters.put("resourceId", filter.resourceId().orElse(null));
        parameters.put("actionType", filter.actionType().orElse(null));
        parameters.put("deleted", filter.deleted());
        // there are few actions on one resource
        Cypher order = page.byAge() && filter.resourceId().isEmpty() ? ACTIONS_BY_AGE : ACTION_PAGE;
        return actions(uuids(order, "Action", parameters, page), filter.deleted());
    }

    /** {@return whether an action of this type has ended, in any plan} */
    public boolean hasActionsOf(String type) {
        return graph.read(
                tx -> !tx.run(STORED_TYPE, Map.of("type", type)).list().isEmpty());
    }

    private List<ActionEntity> actions(List<String> uuids, boolean deleted) {
        return entities(ActionEntity.class, ACTIONS, Map.of("uuids", uuids, "deleted", deleted));
    }

    private List<String> uuids(Cypher cypher, String what, Map<String, @Nullable Object> parameters, Page page) {
        parameters.putAll(page.parameters());
        return graph.read(tx -> {
            var row = tx.run(cypher, parameters).single();
            if (!row.get("known").asBoolean()) {
                throw new UnknownMarker(what, page);
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

    /** {@return the times when plans were deleted, by uuid, without plans that are not deleted} */
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

    /** {@return the changes of a plan after a revision, in order, at most {@code limit} changes} */
    public List<RevisionEntity> revisions(UUID plan, long after, int limit) {
        return entities(
                RevisionEntity.class, REVISIONS, Map.of("plan", plan.toString(), "after", after, "limit", limit));
    }

    /**
     * {@return the latest visible commit sequence number} Later reads see all changes up to it, and all of each change
     * that earlier reads saw in part: while the database commits a transaction, readers see its changes one by one. No
     * lock is needed: a read that ends returns a bookmark of the latest commit by then; the next read of this connection
     * starts when the database has applied that commit and all before.
     */
    public long turn() {
        return graph.read(Transaction::turn);
    }

    /** {@return the changes of plans in a range of commit sequence numbers, ordered within each plan} */
    public List<RevisionEntity> followed(List<String> plans, long from, long to, int limit) {
        return entities(RevisionEntity.class, FOLLOWED, Map.of("plans", plans, "from", from, "to", to, "limit", limit));
    }

    /**
     * {@return a plan's graph in the order of the plan} It contains all changes of the given revision, and possibly
     * later ones.
     *
     * @param revision the number of a revision that an earlier read has seen
     */
    public PlanGraphView graph(UUID plan, long revision) {
        turn(); // now the revision is visible as a whole
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

    /** {@return the appliers, active ones first} */
    public List<RunningApplier> appliers(int limit) {
        return entities.read(tx -> tx.rows(APPLIERS, Map.of("limit", limit))).stream()
                .map(RunningApplier::of)
                .toList();
    }

    /** {@return what the times of a plan depend on} */
    public PlanTiming timing(UUID plan) {
        return graph.read(tx -> PlanTiming.read(tx, plan));
    }

    /** {@return what attempts of actions of these kinds took} */
    public RecordedDurations durations(Collection<RecordedDurations.Kind> kinds) {
        return graph.read(tx -> RecordedDurations.read(tx, kinds));
    }

    /** {@return the number of actions that all appliers may run at once, if there is an applier} */
    public OptionalInt slots() {
        int slots =
                graph.read(tx -> tx.run(SLOTS, Map.of()).single().get("slots").asInt());
        return slots > 0 ? OptionalInt.of(slots) : OptionalInt.empty();
    }

    /** {@return the amount of pending and running work, and the appliers} */
    public Frontier frontier() {
        return graph.read(tx -> Frontier.of(tx.run(FRONTIER, Map.of()).single()));
    }

    private <T> List<T> entities(Class<T> type, Cypher cypher, Map<String, ?> parameters) {
        return entities.read(tx -> tx.load(type, cypher, parameters));
    }
}
