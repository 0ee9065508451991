package interlock.neo4j.store;

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
 * What has happened, in order. Every change of a plan is made in a turn of the gate, changes of audits are given one later, and
 * turns come one after another: who reads up to a turn that has ended misses nothing. Every method throws {@link interlock.applier.PlanGraph.GraphUnavailable} when the
 * database is out of reach.
 */
public final class History {
    private static final Cypher TURNS = Cypher.of("read/turns");
    private static final Cypher ACTION_RANGE = Cypher.of("read/action-range");
    private static final Cypher TOLD_PLANS = Cypher.of("read/told-plans");
    private static final Cypher TOLD_ACTIONS = Cypher.of("read/told-actions");

    private final Graph graph;
    private final EntityTransactions entities;

    /**
     * A place in the history.
     *
     * @param turn the first turn that has not wholly been told
     * @param revisions how many of its revisions have
     * @param occurrences how much of the next revision has
     */
    public record Cursor(long turn, int revisions, int occurrences) {}

    /**
     * What is told to one that listens.
     *
     * @param until the last turn of it, which has ended
     * @param since when the first change of an audit was made: a turn is given to those later
     */
    public record Span(long until, Instant since) {}

    /** What changed at once. */
    public sealed interface Revision {
        /** {@return the turn of the gate in which it changed} */
        long turn();

        /** {@return when it changed} */
        Instant at();

        /**
         * A plan changed.
         *
         * @param plan its uuid
         * @param number the plan's revision
         * @param before how it stood before, unless it is new
         * @param after how it stands
         * @param actions what changed of its actions, in order
         * @param total how many actions it has
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
         * An audit changed.
         *
         * @param audit its uuid
         * @param number the audit's revision
         * @param before its state before, unless it is new
         * @param after its state
         * @param message its status message
         */
        record OfAudit(
                long turn,
                Instant at,
                String audit,
                long number,
                Optional<String> before,
                String after,
                @Nullable String message)
                implements Revision {}
    }

    /** How a plan stands. */
    public record Standing(
            String state, boolean paused, @Nullable String message) {}

    /**
     * What changed of an action.
     *
     * @param uuid its uuid
     * @param before its state before, unless it is new
     * @param after its state
     * @param attempt the number of its latest attempt
     * @param message its status message
     * @param aborting whether the change is that it was asked to abort
     */
    public record ActionChange(
            String uuid,
            Optional<String> before,
            String after,
            int attempt,
            @Nullable String message,
            boolean aborting) {}

    /** What there is to tell of a plan, but for how it stands. */
    public record PlanFacts(String uuid, String name, Optional<AuditStore.Audit> audit, Times times) {}

    /**
     * What there is to tell of an action, but for how it stands.
     *
     * @param firstState the state in which it was stored
     * @param inputParameters as JSON
     * @param parents those in force
     */
    public record ActionFacts(
            String uuid,
            String id,
            String firstState,
            String actionType,
            String inputParameters,
            List<String> parents,
            Times times) {}

    /** What there is to tell of plans and audits, by uuid. */
    public record Facts(Map<String, PlanFacts> plans, Map<String, AuditStore.Audit> audits) {}

    /** Takes the connection, and where entities are loaded. */
    public History(Graph graph, EntityTransactions entities) {
        this.graph = graph;
        this.entities = entities;
    }

    /** {@return what changed from a place on, up to the end of a turn, at most {@code limit} revisions} */
    public List<Revision> from(Cursor cursor, Span span, int limit) {
        Map<String, Object> parameters = Map.of(
                "turn", cursor.turn(),
                "skip", cursor.revisions(),
                "until", span.until(),
                "since", Graph.time(span.since()),
                "limit", limit);
        return graph.read(tx -> tx.run(TURNS, parameters).list(History::revision));
    }

    /** {@return the uuids of a plan's actions from one number up to another, by the number} */
    public Map<Integer, String> actions(String plan, int from, int to) {
        return graph.read(tx -> tx.run(ACTION_RANGE, Map.of("plan", plan, "from", from, "to", to)).stream()
                .collect(Collectors.toMap(
                        row -> row.get("number").asInt(), row -> row.get("uuid").asString())));
    }

    /** {@return what there is to tell of plans and audits; those that are there no more are left out} */
    public Facts facts(Set<String> plans, Set<String> audits) {
        Facts facts = new Facts(new HashMap<>(), new HashMap<>());
        Map<String, Object> parameters = Map.of("plans", List.copyOf(plans), "audits", List.copyOf(audits));
        entities.read(tx -> tx.rows(TOLD_PLANS, parameters))
                .forEach(row -> add(
                        facts,
                        EntityTransaction.column(row, "plan", ActionPlanEntity.class),
                        EntityTransaction.column(row, "audit", AuditEntity.class)));
        return facts;
    }

    private static void add(Facts facts, @Nullable ActionPlanEntity plan, @Nullable AuditEntity audit) {
        Optional<AuditStore.Audit> told = Optional.ofNullable(audit).map(AuditStore::audit);
        if (plan == null) {
            told.ifPresent(it -> facts.audits().put(it.uuid(), it));
        } else {
            Times times = new Times(plan.createdAt(), plan.updatedAt(), plan.deletedAt());
            facts.plans().put(plan.uuid(), new PlanFacts(plan.uuid(), plan.name(), told, times));
        }
    }

    /** {@return what there is to tell of actions, by uuid; those that are there no more are left out} */
    public Map<String, ActionFacts> actionFacts(Set<String> actions) {
        Map<String, ActionFacts> facts = new HashMap<>();
        entities.read(tx -> tx.rows(TOLD_ACTIONS, Map.of("uuids", List.copyOf(actions))))
                .forEach(row -> {
                    if (row.get("action") instanceof ActionEntity action) {
                        facts.put(action.uuid(), facts(action, EntityTransaction.list(row, "parents", String.class)));
                    }
                });
        return facts;
    }

    private static ActionFacts facts(ActionEntity action, List<String> parents) {
        return new ActionFacts(
                action.uuid(),
                action.id(),
                action.pathUuid() == null || action.reverts() != null ? "PENDING" : "STANDBY",
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
                    Optional.ofNullable(row.get("oldState").asString(null)),
                    row.get("state").asString(),
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
                changes(row.get("actions").asString()),
                row.get("total").asInt());
    }

    private static Standing standing(org.neo4j.driver.types.MapAccessor row) {
        return new Standing(
                row.get("state").asString(),
                row.get("paused").asBoolean(),
                row.get("message").asString(null));
    }

    private static List<ActionChange> changes(String json) {
        List<ActionChange> changes = new ArrayList<>();
        for (Map<String, Object> row : Json.readObjects(json)) {
            if (row.containsKey("progress")) {
                continue; // no change of state
            }
            changes.add(new ActionChange(
                    String.valueOf(row.get("uuid")),
                    Optional.ofNullable(row.get("old_state")).map(String::valueOf),
                    String.valueOf(row.get("state")),
                    row.get("attempt") instanceof Number attempt ? attempt.intValue() : 0,
                    row.get("status_message") instanceof String message ? message : null,
                    row.containsKey("aborting")));
        }
        return changes;
    }
}
