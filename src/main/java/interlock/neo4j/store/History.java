package interlock.neo4j.store;

import interlock.model.ActionState;
import interlock.model.AuditState;
import interlock.model.PlanState;
import interlock.model.StoredState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransaction;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Json;
import interlock.neo4j.database.Times;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.AuditEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * The changes of plans and audits in commit order. Each change of a plan has the commit sequence number of its
 * transaction; changes of audits are numbered afterwards. Numbers grow strictly: a reader that has read up to an ended
 * number has missed nothing. Every method throws {@link interlock.applier.PlanGraph.GraphUnavailable} when the database
 * is unavailable.
 */
public final class History {
    private static final Cypher TURNS = Cypher.of("read/turns");
    private static final Cypher ACTION_RANGE = Cypher.of("read/action-range");
    private static final Cypher TOLD_PLANS = Cypher.of("read/told-plans");
    private static final Cypher TOLD_ACTIONS = Cypher.of("read/told-actions");

    private final Graph graph;
    private final EntityTransactions entities;

    /**
     * A position in the history.
     *
     * @param turn the first commit sequence number that is not completely processed
     * @param revisions the number of its processed revisions
     * @param occurrences the number of processed events of the next revision
     */
    public record Cursor(long turn, int revisions, int occurrences) {}

    /**
     * The part of the history that a reader may see.
     *
     * @param until the last commit sequence number, which has ended
     * @param since the earliest time of changes of audits: older ones may be numbered late, and are excluded
     */
    public record Span(long until, Instant since) {}

    /** A change. */
    public sealed interface Revision {
        /** {@return its commit sequence number} */
        long turn();

        /** {@return its time} */
        Instant at();

        /**
         * A change of a plan.
         *
         * @param plan its uuid
         * @param number the plan's revision
         * @param before its standing before; empty if the plan is new
         * @param after its standing after
         * @param actions the changes of its actions, in order
         * @param total the number of its actions
         */
        record OfPlan(
                long turn,
                Instant at,
                String plan,
                long number,
                Optional<Standing> before,
                Standing after,
                List<ActionChange> actions,
                int total)
                implements Revision {}

        /**
         * A change of an audit.
         *
         * @param audit its uuid
         * @param number the audit's revision
         * @param before its state before; empty if the audit is new
         * @param after its state after
         * @param message its status message
         */
        record OfAudit(
                long turn,
                Instant at,
                String audit,
                long number,
                Optional<StoredState<AuditState>> before,
                StoredState<AuditState> after,
                @Nullable String message)
                implements Revision {}
    }

    /** The state of a plan with its status message. */
    public record Standing(
            StoredState<PlanState> state,
            boolean paused,
            @Nullable String message) {}

    /**
     * A change of an action.
     *
     * @param uuid its uuid
     * @param before its state before; empty if the action is new
     * @param after its state after
     * @param attempt the number of its latest attempt
     * @param message its status message
     * @param aborting whether the change is a request to abort
     */
    public record ActionChange(
            String uuid,
            Optional<StoredState<ActionState>> before,
            StoredState<ActionState> after,
            int attempt,
            @Nullable String message,
            boolean aborting) {}

    /** The facts about a plan for events, without its state. */
    public record PlanFacts(String uuid, String name, Optional<AuditStore.Audit> audit, Times times) {}

    /**
     * The facts about an action for events, without its current state.
     *
     * @param firstState its initial state
     * @param inputParameters as JSON
     * @param parents the active parents
     */
    public record ActionFacts(
            String uuid,
            String id,
            ActionState firstState,
            String actionType,
            String inputParameters,
            List<String> parents,
            Times times) {}

    /** The facts about plans and audits for events, by uuid. */
    public record Facts(Map<String, PlanFacts> plans, Map<String, AuditStore.Audit> audits) {}

    /** Takes the connection, and where entities are loaded. */
    public History(Graph graph, EntityTransactions entities) {
        this.graph = graph;
        this.entities = entities;
    }

    /** {@return the changes from a position on, up to the end of the span, at most {@code limit} revisions} */
    public List<Revision> from(Cursor cursor, Span span, int limit) {
        Map<String, Object> parameters = Map.of(
                "turn", cursor.turn(),
                "skip", cursor.revisions(),
                "until", span.until(),
                "since", Graph.time(span.since()),
                "limit", limit);
        return graph.read(tx -> tx.run(TURNS, parameters).list(History::revision));
    }

    /** {@return the uuids of a plan's actions with numbers in a range, by number} */
    public Map<Integer, String> actions(String plan, int from, int to) {
        return graph.read(tx -> tx.run(ACTION_RANGE, Map.of("plan", plan, "from", from, "to", to)).stream()
                .collect(Collectors.toMap(
                        row -> row.get("number").asInt(), row -> row.get("uuid").asString())));
    }

    /** {@return the facts about plans and audits, without those that no longer exist} */
    public Facts facts(Set<String> plans, Set<String> audits) {
        Facts facts = new Facts(new HashMap<>(), new HashMap<>());
        Map<String, Object> parameters = Map.of("plans", List.copyOf(plans), "audits", List.copyOf(audits));
        entities.read(tx -> tx.rows(TOLD_PLANS, parameters))
                .forEach(row -> add(
                        facts,
                        EntityTransaction.columnOrEmpty(row, "plan", ActionPlanEntity.class),
                        EntityTransaction.columnOrEmpty(row, "audit", AuditEntity.class)
                                .map(AuditStore::audit)));
        return facts;
    }

    private static void add(Facts facts, Optional<ActionPlanEntity> row, Optional<AuditStore.Audit> audit) {
        row.ifPresentOrElse(
                plan -> {
                    Times times = new Times(plan.createdAt(), plan.updatedAt(), plan.deletedAt());
                    facts.plans().put(plan.uuid(), new PlanFacts(plan.uuid(), plan.name(), audit, times));
                },
                () -> audit.ifPresent(it -> facts.audits().put(it.uuid(), it)));
    }

    /** {@return the facts about actions by uuid, without those that no longer exist} */
    public Map<String, ActionFacts> actionFacts(Set<String> actions) {
        Map<String, ActionFacts> facts = new HashMap<>();
        entities.read(tx -> tx.rows(TOLD_ACTIONS, Map.of("uuids", List.copyOf(actions))))
                .forEach(row -> {
                    ActionEntity action = EntityTransaction.column(row, "action", ActionEntity.class);
                    facts.put(action.uuid(), facts(action, EntityTransaction.list(row, "parents", String.class)));
                });
        return facts;
    }

    private static ActionFacts facts(ActionEntity action, List<String> parents) {
        return new ActionFacts(
                action.uuid(),
                action.id(),
                action.pathUuid() == null || action.reverts() != null ? ActionState.PENDING : ActionState.STANDBY,
                action.actionType(),
                action.inputParameters(),
                parents,
                new Times(action.createdAt(), action.updatedAt(), null));
    }

    private static Revision revision(MapAccessor row) {
        long turn = row.get("turn").asLong();
        Instant at = row.get("at").asZonedDateTime().toInstant();
        if (row.get("plan").isNull()) {
            return new Revision.OfAudit(
                    turn,
                    at,
                    row.get("audit").asString(),
                    row.get("number").asLong(),
                    Optional.ofNullable(row.get("oldState").asString(null))
                            .map(state -> StoredState.of(AuditState.class, state)),
                    StoredState.of(AuditState.class, row.get("state").asString()),
                    row.get("message").asString(null));
        }
        Value before = row.get("before");
        return new Revision.OfPlan(
                turn,
                at,
                row.get("plan").asString(),
                row.get("number").asLong(),
                before.isNull() ? Optional.empty() : Optional.of(standing(before)),
                standing(row),
                changes(row),
                row.get("total").asInt());
    }

    private static Standing standing(org.neo4j.driver.types.MapAccessor row) {
        return new Standing(
                StoredState.of(PlanState.class, row.get("state").asString()),
                row.get("paused").asBoolean(),
                row.get("message").asString(null));
    }

    private static StoredState<ActionState> action(Object state) {
        return StoredState.of(ActionState.class, state.toString());
    }

    private static List<ActionChange> changes(MapAccessor revision) {
        List<ActionChange> changes = new ArrayList<>();
        addChanges(changes, revision.get("actions").asString());
        revision.get("parts").asList(Value::asString).forEach(part -> addChanges(changes, part));
        return changes;
    }

    private static void addChanges(List<ActionChange> changes, String json) {
        for (Map<String, Object> row : Json.readObjects(json)) {
            if (row.containsKey("progress")) {
                continue; // not a change of state
            }
            changes.add(new ActionChange(
                    String.valueOf(row.get("uuid")),
                    Optional.ofNullable(row.get("old_state")).map(History::action),
                    action(String.valueOf(row.get("state"))),
                    row.get("attempt") instanceof Number attempt ? attempt.intValue() : 0,
                    row.get("status_message") instanceof String message ? message : null,
                    row.containsKey("aborting")));
        }
    }
}
