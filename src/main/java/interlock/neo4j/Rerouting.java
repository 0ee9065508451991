package interlock.neo4j;

import interlock.model.ActionState;
import interlock.neo4j.Settling.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** Lets alternative paths take the place of what has failed. */
final class Rerouting {
    private static final Cypher NEXT_PATHS = Cypher.of("applier/next-paths");
    private static final Cypher TAKE_OVER = Cypher.of("applier/take-over");
    private static final Cypher RE_ATTACH = Cypher.of("applier/re-attach");
    private static final Cypher ACTIVATE = Cypher.of("applier/activate");
    private static final Cypher FAIL_PATHS = Cypher.of("applier/fail-paths");
    private static final Cypher PATHS_TO_OPEN = Cypher.of("applier/paths-to-open");
    private static final Cypher OPEN_PATHS = Cypher.of("applier/open-paths");

    private final Step step;
    private final RollBack rollBack;

    /**
     * What has become of failures.
     *
     * @param left those that nothing stands in for
     * @param activated whether a path was activated
     * @param aborting whether running actions were asked to abort
     */
    record Rerouted(List<Failed> left, boolean activated, boolean aborting) {}

    Rerouting(Step step) {
        this.step = step;
        this.rollBack = new RollBack(step);
    }

    /**
     * Activates a path for each failure for which there is one, one after another: what one path replaces no other has to
     * stand in for.
     */
    Rerouted reroute(List<Failed> failures) {
        Map<String, MapAccessor> paths =
                step
                        .run(
                                NEXT_PATHS,
                                Map.of(
                                        "actions",
                                        failures.stream().map(Failed::action).toList()))
                        .stream()
                        .collect(Collectors.toMap(row -> row.get("action").asString(), Function.identity()));
        boolean aborting = false;
        List<Failed> left = new ArrayList<>();
        for (Failed failed : failures) {
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

    private void activate(Failed failed, MapAccessor next) {
        String path = next.get("path").asString();
        String name = next.get("name").asString();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("path", path);
        parameters.put("action", failed.action());
        parameters.put("broken", next.get("broken").asList(Value::asString));
        parameters.put(
                "message",
                "Alternative path '%s' takes its place, because '%s' failed."
                        .formatted(name, failed.claim().id()));
        List<MapAccessor> taken = step.run(TAKE_OVER, parameters).list();
        if (taken.isEmpty()) {
            return; // another path, activated a moment ago, replaces it too
        }
        for (Value skipped : taken.getFirst().get("skipped").values()) {
            Changes.OfAction change = Changes.OfAction.of(skipped, String.valueOf(parameters.get("message")));
            step.changes().action(change, ActionState.PENDING, ActionState.SKIPPED);
        }
        for (Value aborting : taken.getFirst().get("aborting").values()) {
            step.changes().aborting(Changes.OfAction.of(aborting, String.valueOf(parameters.get("message"))));
        }
        step.send(
                RE_ATTACH,
                Map.of("path", path, "members", taken.getFirst().get("members").asList()));
        step.run(ACTIVATE, Map.of("path", path, "action", next.get("target").asString(), "reason", failed.reason()))
                .forEachRemaining(row -> step.changes()
                        .action(Changes.OfAction.of(row, null), ActionState.STANDBY, ActionState.PENDING));
    }

    /**
     * Marks the paths as failed to which these actions belong.
     *
     * @return the names of the paths, by action
     */
    Map<String, String> fail(List<Failed> failures) {
        List<Map<String, String>> rows = failures.stream()
                .filter(failed -> failed.claim().path().isPresent())
                .map(failed -> Map.of("action", failed.action(), "reason", failed.reason()))
                .toList();
        if (rows.isEmpty()) {
            return Map.of();
        }
        return step.run(FAIL_PATHS, Map.of("failures", rows)).stream()
                .collect(Collectors.toMap(
                        row -> row.get("action").asString(),
                        row -> row.get("path").asString()));
    }

    /** Opens the paths that wait for nothing any more; before those that ask for it, what has succeeded is reverted. */
    void open() {
        List<MapAccessor> open = step.run(PATHS_TO_OPEN, Map.of()).list();
        for (MapAccessor row : open) {
            if (row.get("revert").asBoolean()) {
                rollBack.beforePath(row.get("plan").asString(), row.get("path").asString());
            }
        }
        step.runFor(
                OPEN_PATHS,
                "paths",
                open.stream().map(row -> row.get("path").asString()).toList());
    }
}
