package interlock.neo4j.retention;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.model.ActionState;
import interlock.model.InvalidPlan;
import interlock.model.PathState;
import interlock.model.PlanState;
import interlock.model.ValidationErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An exported plan, checked: an ended plan whose parts refer to each other. Its rows are the parameters of the statements that store it.
 *
 * @param uuid its uuid
 * @param plan its properties
 * @param idempotencyKey the key of the request that created it
 * @param rows by the name of the kind: actions, edges, reverts, paths, members, replaces, within, activations, revisions, limits, uses
 */
public record ArchivedPlan(
        UUID uuid,
        Map<String, @Nullable Object> plan,
        Optional<String> idempotencyKey,
        Map<String, List<Map<String, @Nullable Object>>> rows) {
    /** What only unfinished plans and actions have. */
    private static final Set<String> LIVE_OF_PLANS = Set.of(
            "queueClass",
            "queueIdle",
            "queueLongest",
            "change",
            "changesFrom",
            "changeMessage",
            "lacking",
            "purge",
            "until",
            "idempotencyKey");

    private static final Set<String> LIVE_OF_ACTIONS =
            Set.of("rank", "blockedBy", "blockedRank", "blockedUnits", "abort", "notBefore");

    /**
     * Reads an export.
     *
     * @throws InvalidPlan with all errors, each with its place
     */
    public static ArchivedPlan read(JsonNode document) {
        return new Reading(new ArchiveValues(document)).plan();
    }

    /** {@return the rows of a kind} */
    List<Map<String, @Nullable Object>> of(String kind) {
        return rows.getOrDefault(kind, List.of());
    }

    /** Checks a document and collects its rows. */
    private static final class Reading {
        private final ArchiveValues values;
        private final ValidationErrors faults;
        private final Map<String, List<Map<String, @Nullable Object>>> rows = new HashMap<>();
        private final Set<String> actions = new HashSet<>();
        private final Set<String> paths = new HashSet<>();
        private final Map<ActionState, Integer> counts = new HashMap<>();
        private String uuid = "";

        Reading(ArchiveValues values) {
            this.values = values;
            this.faults = values.faults();
        }

        ArchivedPlan plan() {
            JsonNode document = values.document();
            if (!document.path("format").asText().equals(PlanExport.FORMAT)) {
                values.fault(
                        "format", "must be \"%s\": the document is no export of a plan".formatted(PlanExport.FORMAT));
                throw new InvalidPlan(faults);
            }
            if (!document.path("complete").asBoolean()) {
                values.fault("complete", "must be true: the export is incomplete");
            }
            Map<String, @Nullable Object> plan = values.properties(document.path("plan"), "plan", LIVE_OF_PLANS);
            uuid = values.uuid(plan, "plan");
            PlanState state = values.name(plan, "plan", "state", PlanState.class)
                    .filter(PlanState::ended)
                    .orElse(null);
            if (state == null) {
                values.fault("plan.state", "must be the state of an ended plan");
            }
            values.number(plan, "plan", "revision", 1);
            values.number(plan, "plan", "number", Long.MIN_VALUE);
            values.text(plan, "plan", "name");
            String ended = state == PlanState.DELETED ? "deletedAt" : "finishedAt";
            values.time(plan, "plan", ended);
            values.time(plan, "plan", "createdAt");
            plan.put("paused", false);
            boolean mayBePending = state == PlanState.DELETED || state == PlanState.SUPERSEDED;
            readActions(mayBePending);
            readReferencesOfActions();
            readPaths();
            readRevisions();
            readLimits();
            if (!faults.isEmpty()) {
                throw new InvalidPlan(faults);
            }
            ArchiveGraph.refuseCycles(of("edges"));
            for (ActionState each : ActionState.values()) {
                plan.put(each.name().toLowerCase(Locale.ROOT), counts.getOrDefault(each, 0));
            }
            plan.put("actionsTotal", actions.size());
            return new ArchivedPlan(
                    UUID.fromString(uuid),
                    plan,
                    Optional.ofNullable(
                            document.path("plan").path("idempotencyKey").textValue()),
                    rows);
        }

        private List<Map<String, @Nullable Object>> of(String kind) {
            return rows.computeIfAbsent(kind, _ -> new ArrayList<>());
        }

        private void readActions(boolean mayBePending) {
            Set<Object> ids = new HashSet<>();
            Set<Object> numbers = new HashSet<>();
            values.each("actions", (node, at) -> {
                String place = at + ".action";
                Map<String, @Nullable Object> action = values.properties(node.path("action"), place, LIVE_OF_ACTIONS);
                String its = values.uuid(action, place);
                values.unique(actions, its, place + ".uuid");
                values.unique(ids, values.text(action, place, "id"), place + ".id");
                values.unique(numbers, values.number(action, place, "number", 0), place + ".number");
                values.text(action, place, "actionType");
                values.json(action, place, "inputParameters", JsonNode::isObject);
                values.number(action, place, "attempt", 0);
                ActionState state =
                        values.name(action, place, "state", ActionState.class).orElse(ActionState.ONGOING);
                if (state == ActionState.ONGOING || (state == ActionState.PENDING && !mayBePending)) {
                    values.fault(place + ".state", "must be a state of an action of an ended plan");
                }
                counts.merge(state, 1, Integer::sum);
                action.put("planUuid", uuid);
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("label", state.label());
                row.put("properties", action);
                List<Object> attempts = new ArrayList<>();
                values.each(node.path("attempts"), at + ".attempts", (attempt, where) -> {
                    Map<String, @Nullable Object> properties = values.properties(attempt, where, Set.of());
                    values.number(properties, where, "number", 1);
                    values.text(properties, where, "applier");
                    values.time(properties, where, "startedAt");
                    attempts.add(properties);
                });
                row.put("attempts", attempts);
                of("actions").add(row);
                values.each(node.path("uses"), at + ".uses", (use, where) -> {
                    Map<String, @Nullable Object> read = values.resource(use, where, uuid, "units", 1);
                    read.put("action", its);
                    of("uses").add(read);
                });
            });
        }

        private void readReferencesOfActions() {
            values.each("actions", (node, at) -> {
                String child = node.path("action").path("uuid").asText();
                values.each(node.path("parents"), at + ".parents", (parent, where) -> {
                    Map<String, @Nullable Object> edge = new LinkedHashMap<>();
                    edge.put("child", child);
                    edge.put("parent", values.known(actions, parent.path("uuid"), where + ".uuid"));
                    edge.put("properties", values.properties(parent.path("properties"), where, Set.of()));
                    of("edges").add(edge);
                });
                if (node.path("action").hasNonNull("reverts")) {
                    of("reverts")
                            .add(row(
                                    "action",
                                    child,
                                    "reverts",
                                    values.known(
                                            actions, node.path("action").path("reverts"), at + ".action.reverts")));
                }
            });
        }

        private void readPaths() {
            values.each("paths", (node, at) -> {
                Map<String, @Nullable Object> path =
                        values.properties(node.path("path"), at + ".path", Set.of("holding"));
                values.unique(paths, values.uuid(path, at + ".path"), at + ".path.uuid");
                values.text(path, at + ".path", "name");
                values.name(path, at + ".path", "state", PathState.class);
                path.put("planUuid", uuid);
                of("paths").add(path);
            });
            values.each("paths", (node, at) -> {
                String path = node.path("path").path("uuid").asText();
                values.each(
                        node.path("replaces"),
                        at + ".replaces",
                        (action, where) ->
                                of("replaces").add(row("path", path, "action", values.known(actions, action, where))));
                values.each(
                        node.path("contains"),
                        at + ".contains",
                        (action, where) ->
                                of("members").add(row("path", path, "action", values.known(actions, action, where))));
                if (node.hasNonNull("within")) {
                    of("within")
                            .add(row("path", path, "outer", values.known(paths, node.path("within"), at + ".within")));
                }
                if (node.hasNonNull("activatedBy")) {
                    of("activations")
                            .add(row(
                                    "path",
                                    path,
                                    "action",
                                    values.known(actions, node.path("activatedBy"), at + ".activatedBy")));
                }
            });
        }

        private void readRevisions() {
            Set<Object> numbers = new HashSet<>();
            values.each("revisions", (node, at) -> {
                String place = at + ".revision";
                Map<String, @Nullable Object> revision = values.properties(node.path("revision"), place, Set.of());
                values.unique(numbers, values.number(revision, place, "number", 1), place + ".number");
                values.name(revision, place, "state", PlanState.class);
                values.time(revision, place, "at");
                values.json(revision, place, "actions", JsonNode::isArray);
                List<Object> parts = new ArrayList<>();
                values.each(node.path("parts"), at + ".parts", (part, where) -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("actions", part.textValue());
                    values.json(one, where, "actions", JsonNode::isArray);
                    parts.add(part.asText());
                });
                of("revisions").add(row("properties", revision, "parts", parts));
            });
        }

        private void readLimits() {
            values.each(
                    "limits", (limit, where) -> of("limits").add(values.resource(limit, where, uuid, "capacity", 0)));
        }

        private static Map<String, @Nullable Object> row(String one, Object value, String other, Object otherValue) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put(one, value);
            row.put(other, otherValue);
            return row;
        }
    }
}
