package interlock.neo4j.advance;

import interlock.model.ActionGraph;
import interlock.model.ActionState;
import interlock.model.PlanOutcome;
import interlock.neo4j.database.Cypher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * Stores the reverts of succeeded actions as actions of the plan, in portions and with parents before children. The
 * position is stored with the plan, or with the alternative path that waits for the reverts. The reverts' uuids are
 * derived from a name that is stored there as well, so that any applier can continue after a crash and stores the same
 * graph.
 */
final class RollBack {
    private static final Cypher ROLL_BACKS_WAITING = Cypher.of("advance/follow/roll-backs-waiting");
    private static final Cypher BEGIN_ROLL_BACK = Cypher.of("advance/follow/begin-roll-back");
    private static final Cypher REVERTS_SO_FAR = Cypher.of("advance/follow/reverts-so-far");
    private static final Cypher REVERTS_STORED = Cypher.of("advance/follow/reverts-stored");
    private static final Cypher STORE_REVERTS = Cypher.of("advance/follow/store-reverts");
    private static final Cypher LINK = Cypher.of("advance/follow/link");
    private static final Cypher PATH_AFTER_REVERTS = Cypher.of("advance/follow/path-after-reverts");

    private final ChangeContext context;
    private final RevertGraphs graphs;
    private final int portion;
    private boolean awaiting;
    private boolean more;

    /** The position in the graph of reverts. */
    private record SoFar(String round, int stored, String failure, int actionsTotal) {
        static SoFar of(MapAccessor row) {
            return new SoFar(
                    row.get("round").asString(),
                    row.get("stored").asInt(),
                    row.get("failure").asString(""),
                    row.get("actionsTotal").asInt(0));
        }
    }

    /**
     * Works within an advance.
     *
     * @param portion the number of actions that one change processes
     */
    RollBack(ChangeContext context, RevertGraphs graphs, int portion) {
        this.portion = Math.max(portion, FollowPhase.AT_ONCE);
        this.context = context;
        this.graphs = graphs;
    }

    /** {@return whether a graph of reverts is being computed} */
    boolean isAwaiting() {
        return awaiting;
    }

    /** {@return whether reverts of a computed graph are not stored yet} */
    boolean hasMore() {
        return more;
    }

    /**
     * Continues the roll-backs of waiting plans without running actions.
     *
     * @return whether anything was changed
     */
    boolean advance() {
        int left = portion;
        boolean done = false;
        for (MapAccessor row : context.run(ROLL_BACKS_WAITING, Map.of()).list()) {
            String plan = row.get("plan").asString();
            long before = row.get("ongoing").asLong();
            more |= left <= 0;
            if (left > 0 && before + context.changes().difference(plan, ActionState.ONGOING) == 0) {
                OptionalInt stored = advance(plan, before == 0, left);
                done |= stored.isPresent();
                left -= stored.orElse(0);
            }
        }
        return done;
    }

    /** {@return the number of stored reverts; empty if their graph is not computed yet} */
    private OptionalInt advance(String plan, boolean isCommitted, int most) {
        SoFar soFar = soFar(plan);
        Optional<ActionGraph> known = graphs.of(
                context, new RevertGraphs.Wanted(soFar.round(), plan, null, soFar.actionsTotal()), isCommitted);
        if (known.isEmpty()) {
            awaiting = true;
            return OptionalInt.empty();
        }
        ActionGraph reverts = known.get();
        int end = Math.min(reverts.actions().size(), soFar.stored() + most);
        store(plan, null, reverts, soFar, end);
        if (end < reverts.actions().size()) {
            remember(plan, end);
            context.changes().plan(plan);
            more = true;
        } else {
            graphs.forget(soFar.round());
            begin(plan, soFar, reverts.actions().isEmpty());
        }
        return OptionalInt.of(end - soFar.stored());
    }

    private void begin(String plan, SoFar soFar, boolean empty) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", plan);
        parameters.put("message", PlanOutcome.sentence(soFar.failure()) + " The succeeded actions are being reverted.");
        parameters.put("first", empty ? null : soFar.actionsTotal() - soFar.stored());
        context.send(BEGIN_ROLL_BACK, parameters);
        context.changes().plan(plan);
    }

    /**
     * Stores the reverts of the actions that a path replaces, and lets the path depend on them.
     *
     * @return whether all reverts are stored
     */
    boolean beforePath(String plan, String path) {
        SoFar soFar = soFar(path);
        ActionGraph reverts = graphs.of(context, new RevertGraphs.Wanted(soFar.round(), plan, path, 0), false)
                .orElseThrow();
        int end = Math.min(reverts.actions().size(), soFar.stored() + portion);
        store(plan, path, reverts, soFar, end);
        boolean complete = end == reverts.actions().size();
        remember(path, complete ? null : end);
        if (complete) {
            graphs.forget(soFar.round());
            List<String> last = last(reverts, soFar.round());
            if (!last.isEmpty()) {
                context.send(PATH_AFTER_REVERTS, Map.of("path", path, "reverts", last));
            }
            ReadyPhase.countParents(context, first(reverts, soFar.round()));
        }
        return complete;
    }

    private SoFar soFar(String owner) {
        return SoFar.of(context.run(
                        REVERTS_SO_FAR,
                        Map.of("uuid", owner, "round", UUID.randomUUID().toString()))
                .single());
    }

    private void remember(String owner, @Nullable Integer stored) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("uuid", owner);
        parameters.put("stored", stored);
        context.send(REVERTS_STORED, parameters);
    }

    /** Stores the next reverts up to an index. */
    private void store(String plan, @Nullable String path, ActionGraph reverts, SoFar soFar, int end) {
        if (soFar.stored() == end) {
            return;
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> edges = new ArrayList<>();
        for (int place = soFar.stored(); place < end; place++) {
            Map<String, Object> row = row(reverts, place, soFar.round());
            rows.add(row);
            for (String parent : reverts.actions().get(place).parents()) {
                edges.add(Map.of(
                        "child", String.valueOf(row.get("uuid")), "parent", RevertGraphs.uuid(soFar.round(), parent)));
            }
        }
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", plan);
        parameters.put("path", path);
        parameters.put("added", context.changes().added(plan));
        parameters.put("reverts", rows);
        context.run(STORE_REVERTS, parameters)
                .forEachRemaining(
                        row -> context.changes().newAction(ChangeLog.OfAction.of(row, null), ActionState.PENDING));
        context.runFor(LINK, "edges", edges);
    }

    private static Map<String, Object> row(ActionGraph reverts, int place, String round) {
        String undone = reverts.actions().get(place).id();
        return Map.of(
                "uuid", RevertGraphs.uuid(round, undone),
                "of", undone,
                "unmetParents", Math.max(1, reverts.parentCount(place)), // recounted when all reverts are stored
                "layer", reverts.layer(place),
                "priority", reverts.remainingSeconds(place));
    }

    /**
     * {@return the reverts without parents} They start only after all reverts are stored: reverted actions would be
     * missing from the graph otherwise.
     */
    private static List<String> first(ActionGraph reverts, String round) {
        return IntStream.range(0, reverts.actions().size())
                .filter(place -> reverts.parentCount(place) == 0)
                .mapToObj(place ->
                        RevertGraphs.uuid(round, reverts.actions().get(place).id()))
                .toList();
    }

    /** {@return the reverts without children} */
    private static List<String> last(ActionGraph reverts, String round) {
        return reverts.withoutChildren().stream()
                .map(action -> RevertGraphs.uuid(round, action.id()))
                .toList();
    }
}
