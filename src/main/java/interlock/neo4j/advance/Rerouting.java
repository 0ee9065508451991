package interlock.neo4j.advance;

import interlock.model.ActionState;
import interlock.neo4j.database.Cypher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** Replaces failed actions by alternative paths. */
final class Rerouting {
    private static final Cypher NEXT_PATHS = Cypher.of("advance/follow/next-paths");
    private static final Cypher TAKE_OVER = Cypher.of("advance/follow/take-over");
    private static final Cypher PATH_AFTER_PARENTS = Cypher.of("advance/follow/path-after-parents");
    private static final Cypher RE_ATTACH = Cypher.of("advance/follow/re-attach");
    private static final Cypher ACTIVATE = Cypher.of("advance/follow/activate");
    private static final Cypher FAIL_PATHS = Cypher.of("advance/follow/fail-paths");

    private final ChangeContext context;
    private final Failures failures;

    /**
     * The result of rerouting.
     *
     * @param left the failures without an alternative path
     * @param activated whether a path was activated
     * @param aborting whether running actions were asked to abort
     */
    record Rerouted(List<FailedAction> left, boolean activated, boolean aborting) {}

    Rerouting(ChangeContext context, Failures failures) {
        this.context = context;
        this.failures = failures;
    }

    /**
     * Activates the next path of each failure that has one, in sequence: an action that was replaced by one path needs
     * no other.
     */
    Rerouted reroute(List<FailedAction> failures) {
        Map<String, MapAccessor> paths =
                context
                        .run(
                                NEXT_PATHS,
                                Map.of(
                                        "actions",
                                        failures.stream()
                                                .map(FailedAction::action)
                                                .toList()))
                        .stream()
                        .collect(Collectors.toMap(row -> row.get("action").asString(), Function.identity()));
        boolean aborting = false;
        List<FailedAction> left = new ArrayList<>();
        for (FailedAction failed : failures) {
            MapAccessor path = paths.get(failed.action());
            if (path == null) {
                left.add(failed);
            } else {
                activate(failed, path);
                aborting |= path.get("abortRunning").asBoolean();
            }
        }
        return new Rerouted(left, !paths.isEmpty(), aborting);
    }

    private void activate(FailedAction failed, MapAccessor next) {
        String path = next.get("path").asString();
        String name = next.get("name").asString();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("path", path);
        parameters.put("action", failed.action());
        parameters.put("broken", next.get("broken").asList(Value::asString));
        parameters.put(
                "message",
                "Replaced by alternative path '%s', because '%s' failed."
                        .formatted(name, failed.claim().id()));
        List<MapAccessor> taken = context.run(TAKE_OVER, parameters).list();
        if (taken.isEmpty()) {
            return; // a path that was just activated has replaced it
        }
        for (Value skipped : taken.getFirst().get("skipped").values()) {
            ChangeLog.OfAction change = ChangeLog.OfAction.of(skipped, String.valueOf(parameters.get("message")));
            context.changes().action(change, ActionState.PENDING, ActionState.SKIPPED);
        }
        for (Value aborting : taken.getFirst().get("aborting").values()) {
            context.changes().aborting(ChangeLog.OfAction.of(aborting, String.valueOf(parameters.get("message"))));
        }
        Map<String, Object> members =
                Map.of("path", path, "members", taken.getFirst().get("members").asList());
        if (next.get("compensation").asBoolean()) {
            giveUp(failed, name, taken.getFirst().get("members"), members);
        } else {
            context.send(PATH_AFTER_PARENTS, members);
            context.send(RE_ATTACH, members);
        }
        context.run(ACTIVATE, Map.of("path", path, "action", next.get("target").asString(), "reason", failed.reason()))
                .forEachRemaining(row -> context.changes()
                        .action(ChangeLog.OfAction.of(row, null), ActionState.STANDBY, ActionState.PENDING));
    }

    /**
     * The goal of the replaced actions will not be reached: what depends on them is cancelled, unless its trigger rule
     * lets it run after the path.
     */
    private void giveUp(FailedAction failed, String path, Value replaced, Map<String, Object> members) {
        context.changes()
                .failure(
                        failed.plan(),
                        "Gave up on '%s', which failed: %s"
                                .formatted(failed.claim().id(), failed.message()));
        String message = "Cancelled: it depends on '%s', which was given up; alternative path '%s' undoes it."
                .formatted(failed.claim().id(), path);
        List<Map<String, Object>> roots = replaced.asList(
                member -> Map.of("action", member.get("action").asString(), "plan", failed.plan(), "message", message));
        List<ChangeLog.OfAction> cancelled = failures.cancelDescendants(roots);
        context.send(RE_ATTACH, members);
        failures.blockUntilParents(cancelled, Set.of(failed.plan()));
    }

    /**
     * Marks the paths of these actions as failed.
     *
     * @return the names of the paths, by action
     */
    Map<String, String> fail(List<FailedAction> failures) {
        List<Map<String, String>> rows = failures.stream()
                .filter(failed -> failed.claim().path().isPresent())
                .map(failed -> Map.of("action", failed.action(), "reason", failed.reason()))
                .toList();
        if (rows.isEmpty()) {
            return Map.of();
        }
        return context.run(FAIL_PATHS, Map.of("failures", rows)).stream()
                .collect(Collectors.toMap(
                        row -> row.get("action").asString(),
                        row -> row.get("path").asString()));
    }
}
