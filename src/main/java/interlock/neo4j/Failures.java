package interlock.neo4j;

import interlock.model.OnFailure;
import interlock.neo4j.Settling.Failed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies the failure policies of plans to what has failed and nothing stands in for. */
final class Failures {
    private static final Cypher IGNORE_FAILURES = Cypher.of("applier/ignore-failures");
    private static final Cypher STOP_PLANS = Cypher.of("applier/stop-plans");
    private static final Cypher CANCEL_DESCENDANTS = Cypher.of("applier/cancel-descendants");

    private final Step step;

    Failures(Step step) {
        this.step = step;
    }

    /**
     * Applies the policies.
     *
     * @param failures what has failed
     * @param paths the names of the alternative paths that have failed with them, by action
     * @return whether a plan is to be rolled back
     */
    boolean apply(List<Failed> failures, Map<String, String> paths) {
        for (Failed failed : failures) {
            step.changes().failure(failed.claim().plan().toString(), message(failed, paths.get(failed.action())));
        }
        ignore(with(failures, OnFailure.IGNORE));
        step.cancel(
                CANCEL_DESCENDANTS,
                rows(with(failures, OnFailure.CONTINUE), "Cancelled: it depends on '%s', which failed."));
        stop(with(failures, OnFailure.STOP), "Cancelled: '%s' failed, and the plan stops on a failure.");
        stop(with(failures, OnFailure.ROLLBACK), "Cancelled: '%s' failed, and the plan is rolled back on a failure.");
        return !with(failures, OnFailure.ROLLBACK).isEmpty();
    }

    private static String message(Failed failed, @Nullable String path) {
        return path == null
                ? failed.reason()
                : "Action '%s' of alternative path '%s' failed: %s"
                        .formatted(failed.claim().id(), path, failed.message());
    }

    private static List<Failed> with(List<Failed> failures, OnFailure policy) {
        return failures.stream().filter(failed -> failed.policy() == policy).toList();
    }

    private void ignore(List<Failed> failures) {
        List<String> actions = failures.stream().map(Failed::action).toList();
        step.runFor(IGNORE_FAILURES, "actions", actions);
        step.unlock(actions);
    }

    private void stop(List<Failed> failures, String message) {
        List<Map<String, Object>> plans = failures.stream()
                .map(failed -> Map.<String, Object>of(
                        "plan", failed.claim().plan().toString(), "rollBack", failed.policy() == OnFailure.ROLLBACK))
                .toList();
        step.runFor(STOP_PLANS, "plans", plans);
        step.cancelRest(rows(failures, message));
    }

    private static List<Map<String, Object>> rows(List<Failed> failures, String message) {
        return failures.stream()
                .map(failed -> Map.<String, Object>of(
                        "action", failed.action(),
                        "plan", failed.claim().plan().toString(),
                        "message", message.formatted(failed.claim().id())))
                .toList();
    }
}
