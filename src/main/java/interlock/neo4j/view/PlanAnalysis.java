package interlock.neo4j.view;

import interlock.model.ActionState;
import interlock.model.OnFailure;
import interlock.model.PathState;
import interlock.model.PlanState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Detail;
import interlock.neo4j.view.Diagnosis.Holder;
import interlock.neo4j.view.Diagnosis.Kept;
import interlock.neo4j.view.Diagnosis.Member;
import interlock.neo4j.view.Diagnosis.Parent;
import interlock.neo4j.view.Diagnosis.PathRef;
import interlock.neo4j.view.DiagnosisInput.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** Analyses of plans and actions that need several reads. Each analysis is one transaction. */
public final class PlanAnalysis {
    private static final Cypher QUESTIONED = Cypher.of("read/questioned");
    private static final Cypher UNMET_PARENTS = Cypher.of("read/unmet-parents");
    private static final Cypher SHORTAGES = Cypher.of("read/shortages");
    private static final Cypher ACTIVE_APPLIERS = Cypher.of("read/active-appliers");
    private static final Cypher PATH_OF_ACTION = Cypher.of("read/path-of-action");
    private static final Cypher STAND_INS = Cypher.of("read/stand-ins");
    private static final Cypher FAILED_ANCESTORS = Cypher.of("read/failed-ancestors");
    private static final Cypher OPEN_DESCENDANTS = Cypher.of("read/open-descendants");
    private static final Cypher CANCELLED_IN_PLAN = Cypher.of("read/cancelled-in-plan");
    private static final Cypher FAILED_IN_PLAN = Cypher.of("read/failed-in-plan");
    private static final Cypher OPEN_REST = Cypher.of("read/open-rest");
    private static final Cypher WAITING_FOR_RESOURCES_OF = Cypher.of("read/waiting-for-resources-of");
    private static final Cypher CONFLICTS = Cypher.of("read/conflicts");

    /** The maximum number of actions that an answer lists; all are counted. */
    private static final int MOST_NAMED = 1000;

    private final Graph graph;

    public PlanAnalysis(Graph graph) {
        this.graph = graph;
    }

    /** {@return why an action is in its state, if the action exists} */
    public Optional<Diagnosis> explain(UUID action, boolean deleted) {
        return graph.read(tx -> asked(tx, action, deleted).map(asked -> {
            DiagnosisInput situation = new DiagnosisInput(
                    asked,
                    parents(tx, asked),
                    shortages(tx, asked),
                    appliers(tx),
                    path(tx, asked),
                    failedBefore(tx, asked),
                    cancelledBy(tx, asked));
            return new Diagnosis(asked.action(), asked.planUuid(), Diagnoser.of(situation), Remedy.of(situation));
        }));
    }

    private static Optional<Asked> asked(Transaction tx, UUID action, boolean deleted) {
        return tx.run(QUESTIONED, Map.of("action", action.toString(), "deleted", deleted)).stream()
                .findFirst()
                .map(Asked::read);
    }

    private static Map<String, Object> of(Asked asked) {
        return Map.of("action", asked.action().uuid(), "limit", MOST_NAMED);
    }

    private static Detail.Parents parents(Transaction tx, Asked asked) {
        if (asked.state() != ActionState.PENDING) {
            return new Detail.Parents(List.of(), 0);
        }
        MapAccessor row = tx.run(UNMET_PARENTS, of(asked)).single();
        return new Detail.Parents(
                row.get("parents")
                        .asList(value ->
                                new Parent(DiagnosisInput.action(value), DiagnosisInput.text(value.get("path")))),
                row.get("total").asLong());
    }

    private static List<Detail.Shortage> shortages(Transaction tx, Asked asked) {
        if (asked.state() != ActionState.PENDING) {
            return List.of();
        }
        return tx.run(SHORTAGES, of(asked))
                .list(row -> new Detail.Shortage(
                        row.get("kind").asString(),
                        row.get("id").asString(),
                        row.get("capacity").asInt(),
                        row.get("free").asInt(),
                        row.get("units").asInt(),
                        row.get("holders").asList(PlanAnalysis::holder),
                        row.get("total").asLong(),
                        Optional.of(row.get("kept"))
                                .filter(kept -> !kept.isNull())
                                .map(PlanAnalysis::kept)));
    }

    private static Kept kept(Value row) {
        return new Kept(holder(row), row.get("since").asZonedDateTime().toInstant());
    }

    private static Holder holder(Value row) {
        return new Holder(
                row.get("planUuid").asString(),
                row.get("planName").asString(""),
                row.get("uuid").asString(),
                row.get("id").asString(),
                row.get("units").asInt());
    }

    private static List<Member> appliers(Transaction tx) {
        return tx.run(ACTIVE_APPLIERS, Map.of())
                .list(row -> new Member(
                        row.get("id").asString(),
                        row.get("host").asString(""),
                        row.get("running").asLong(),
                        row.get("slots").asInt(),
                        row.get("leaseUntil").asZonedDateTime().toInstant(),
                        row.get("alive").asBoolean()));
    }

    private static Optional<DiagnosisInput.OwnPath> path(Transaction tx, Asked asked) {
        return tx.run(PATH_OF_ACTION, of(asked)).stream()
                .findFirst()
                .map(row -> new DiagnosisInput.OwnPath(
                        DiagnosisInput.path(row.get("path")),
                        row.get("path").get("holding").asBoolean(false),
                        row.get("awaited").asList(DiagnosisInput::action),
                        row.get("replaced").asList(DiagnosisInput::action)));
    }

    private static List<ActionRef> failedBefore(Transaction tx, Asked asked) {
        if (asked.state() != ActionState.CANCELLED) {
            return List.of();
        }
        List<ActionRef> before = tx.run(FAILED_ANCESTORS, of(asked)).list(DiagnosisInput::action);
        return before.isEmpty() && asked.stopping()
                ? tx.run(FAILED_IN_PLAN, Map.of("plan", asked.planUuid(), "limit", MOST_NAMED))
                        .list(DiagnosisInput::action)
                : before;
    }

    /** {@return what was cancelled because an action failed; nothing if a path has replaced it} */
    private static Impact.Cancelled cancelledBy(Transaction tx, Asked asked) {
        if (asked.state() != ActionState.FAILED || asked.replacedBy().isPresent()) {
            return Impact.Cancelled.NOTHING;
        }
        return switch (policy(asked)) {
            case IGNORE -> Impact.Cancelled.NOTHING;
            case STOP, ROLLBACK ->
                cancelled(tx.run(CANCELLED_IN_PLAN, Map.of("plan", asked.planUuid(), "limit", MOST_NAMED))
                        .single());
            default ->
                cancelled(tx.run(
                                OPEN_DESCENDANTS,
                                Map.of(
                                        "action",
                                        asked.action().uuid(),
                                        "limit",
                                        MOST_NAMED,
                                        "states",
                                        List.of(ActionState.CANCELLED.name())))
                        .single());
        };
    }

    /** The paths that replace an action or an enclosing path, and the path that contains these. */
    private record Level(List<PathRef> paths, Optional<PathRef> own) {}

    private static List<Level> standIns(Transaction tx, String action) {
        List<Level> levels = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(action);
        while (next.filter(seen::add).isPresent()) {
            MapAccessor row =
                    tx.run(STAND_INS, Map.of("action", next.orElseThrow())).single();
            Value own = row.get("own");
            levels.add(new Level(
                    row.get("standIns").asList(DiagnosisInput::path).stream()
                            .sorted(Comparator.comparingInt(PathRef::rank))
                            .toList(),
                    own.isNull() ? Optional.empty() : Optional.of(DiagnosisInput.path(own))));
            next = DiagnosisInput.text(row.get("replaced"));
        }
        return levels;
    }

    /** {@return the consequences if an action failed for good, if the action exists} */
    public Optional<Impact> impact(UUID action, boolean deleted) {
        return graph.read(tx -> asked(tx, action, deleted).map(asked -> {
            boolean matters = !asked.state().ended()
                    && !asked.planState().ended()
                    && asked.replacedBy().isEmpty();
            List<PathRef> paths = matters ? paths(tx, asked) : List.of();
            Impact.Cancelled cancelled = matters ? cancelled(tx, asked) : cancelledBy(tx, asked);
            Impact.Waiting waiting = waiting(tx, asked);
            return new Impact(
                    asked.action(),
                    asked.planUuid(),
                    asked.onFailure(),
                    paths,
                    cancelled,
                    waiting,
                    summary(asked, matters, paths, cancelled, waiting));
        }));
    }

    /**
     * No path is tried once a plan stops. Of the paths of enclosing levels, only those after the current path are
     * tried.
     */
    private static List<PathRef> paths(Transaction tx, Asked asked) {
        if (asked.stopping() || asked.planState() == PlanState.CANCELLING || asked.revert()) {
            return List.of();
        }
        List<PathRef> paths = new ArrayList<>();
        int beyond = -1;
        for (Level level : standIns(tx, asked.action().uuid())) {
            for (PathRef path : level.paths()) {
                if (path.rank() > beyond && path.state().is(PathState.STANDBY)) {
                    paths.add(path);
                }
            }
            beyond = level.own().map(PathRef::rank).orElse(beyond);
        }
        return paths;
    }

    private static Impact.Cancelled cancelled(Transaction tx, Asked asked) {
        return switch (policy(asked)) {
            case IGNORE -> Impact.Cancelled.NOTHING;
            case CONTINUE, PAUSE -> {
                List<String> states = asked.state() == ActionState.STANDBY
                        ? List.of(ActionState.STANDBY.name())
                        : List.of(ActionState.PENDING.name());
                yield cancelled(tx.run(
                                OPEN_DESCENDANTS,
                                Map.of("action", asked.action().uuid(), "limit", MOST_NAMED, "states", states))
                        .single());
            }
            case STOP, ROLLBACK ->
                cancelled(tx.run(
                                OPEN_REST,
                                Map.of(
                                        "plan",
                                        asked.planUuid(),
                                        "action",
                                        asked.action().uuid(),
                                        "limit",
                                        MOST_NAMED))
                        .single());
        };
    }

    /** A failed revert stops its descendants, whatever the plan's policy is. */
    private static OnFailure policy(Asked asked) {
        return asked.revert() ? OnFailure.CONTINUE : asked.onFailure();
    }

    private static Impact.Cancelled cancelled(MapAccessor row) {
        return new Impact.Cancelled(
                row.get("total").asLong(), row.get("actions").asList(DiagnosisInput::action));
    }

    private static Impact.Waiting waiting(Transaction tx, Asked asked) {
        MapAccessor row = tx.run(WAITING_FOR_RESOURCES_OF, of(asked)).single();
        return new Impact.Waiting(
                row.get("total").asLong(),
                row.get("waiting")
                        .asList(value -> new Impact.Waiter(
                                value.get("planUuid").asString(),
                                value.get("planName").asString(""),
                                value.get("uuid").asString(),
                                value.get("id").asString(),
                                value.get("kind").asString(),
                                value.get("resource").asString(),
                                value.get("units").asInt(),
                                value.get("held").asInt())));
    }

    private static String summary(
            Asked asked, boolean matters, List<PathRef> paths, Impact.Cancelled cancelled, Impact.Waiting waiting) {
        String first;
        if (asked.replacedBy().isPresent()) {
            first = "a path has replaced it, so that its failure would have no effect";
        } else if (!matters) {
            first = asked.state() == ActionState.FAILED
                    ? "it has failed for good, and %s because of it".formatted(wereCancelled(cancelled))
                    : asked.state().ended()
                            ? "it is %s already".formatted(asked.state())
                            : "its plan is %s".formatted(asked.planState());
        } else if (paths.isEmpty()) {
            first = "if it fails, nothing takes its place, and %s".formatted(loss(asked, cancelled));
        } else {
            first = "if it fails, the path '%s' takes its place; if all %d paths fail, too, %s"
                    .formatted(paths.getFirst().name(), paths.size(), loss(asked, cancelled));
        }
        String second = waiting.total() == 0
                ? "."
                : "; ready actions that wait for what it takes: %d.".formatted(waiting.total());
        return "'%s' is %s: %s%s".formatted(asked.id(), asked.state(), first, second);
    }

    private static String wereCancelled(Impact.Cancelled cancelled) {
        return cancelled.total() == 1
                ? "1 action was cancelled"
                : "%d actions were cancelled".formatted(cancelled.total());
    }

    private static String loss(Asked asked, Impact.Cancelled cancelled) {
        String lost = cancelled.total() == 1 ? "1 action is" : "%d actions are".formatted(cancelled.total());
        return switch (policy(asked)) {
            case IGNORE -> "its children run anyway";
            case CONTINUE, STOP -> "%s cancelled".formatted(lost);
            case PAUSE -> "%s cancelled, and the plan is paused until a person decides".formatted(lost);
            case ROLLBACK -> "%s cancelled, and what has succeeded is reverted".formatted(lost);
        };
    }

    /** {@return the unfinished plans that use the same resources as a plan, the oldest first} */
    public List<Conflict> conflicts(UUID plan) {
        List<MapAccessor> rows = graph.read(
                tx -> tx.run(CONFLICTS, Map.of("plan", plan.toString())).list());
        Map<String, List<MapAccessor>> byPlan = new LinkedHashMap<>();
        rows.forEach(row -> byPlan.computeIfAbsent(row.get("uuid").asString(), _ -> new ArrayList<>())
                .add(row));
        return byPlan.values().stream().map(PlanAnalysis::conflict).toList();
    }

    private static Conflict conflict(List<MapAccessor> rows) {
        MapAccessor first = rows.getFirst();
        Set<String> known = new HashSet<>();
        rows.stream()
                .filter(row -> !row.get("units").isNull())
                .forEach(row -> known.add(row.get("id").asString()));
        return new Conflict(
                first.get("uuid").asString(),
                first.get("name").asString(""),
                PlanState.valueOf(first.get("state").asString()),
                rows.stream()
                        .filter(row -> !row.get("units").isNull()
                                || !known.contains(row.get("id").asString()))
                        .map(PlanAnalysis::shared)
                        .toList());
    }

    private static Conflict.Shared shared(MapAccessor row) {
        return new Conflict.Shared(
                row.get("kind").asString(),
                row.get("id").asString(),
                number(row.get("capacity")),
                number(row.get("free")),
                new Conflict.Demand(row.get("ownActions").asLong(), number(row.get("ownUnits"))),
                new Conflict.Demand(row.get("actions").asLong(), number(row.get("units"))),
                number(row.get("held")));
    }

    private static OptionalLong number(Value value) {
        return value.isNull() ? OptionalLong.empty() : OptionalLong.of(value.asLong());
    }
}
