package interlock.neo4j.advance;

import interlock.model.OnFailure;
import interlock.neo4j.database.Cypher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies the failure policies of plans to failures without an alternative path. */
final class Failures {
    private static final Cypher IGNORE_FAILURES = Cypher.of("advance/follow/ignore-failures");
    private static final Cypher STOP_PLANS = Cypher.of("advance/follow/stop-plans");
    private static final Cypher CANCEL_DESCENDANTS = Cypher.of("advance/follow/cancel-descendants");

    private final ChangeContext context;
    private final PlanChange changes;
    private final int portion;

    Failures(ChangeContext context, int portion) {
        this.context = context;
        this.changes = new PlanChange(context);
        this.portion = portion;
    }

    /**
     * Applies the policies.
     *
     * @param failures the failed actions
     * @param paths by action: the name of the alternative path that failed with it
     * @return whether a plan must be rolled back
     */
    boolean apply(List<FailedAction> failures, Map<String, String> paths) {
        for (FailedAction failed : failures) {
            context.changes().failure(failed.plan(), message(failed, paths.get(failed.action())));
        }
        ignore(with(failures, OnFailure.IGNORE));
        cancelDescendants(rows(with(failures, OnFailure.CONTINUE), "Cancelled: it depends on '%s', which failed."));
        stop(with(failures, OnFailure.STOP), "Cancelled: '%s' failed, and the plan stops on a failure.");
        stop(with(failures, OnFailure.ROLLBACK), "Cancelled: '%s' failed, and the plan is rolled back on a failure.");
        return !with(failures, OnFailure.ROLLBACK).isEmpty();
    }

    private static String message(FailedAction failed, @Nullable String path) {
        return path == null
                ? failed.reason()
                : "Action '%s' of alternative path '%s' failed: %s"
                        .formatted(failed.claim().id(), path, failed.message());
    }

    private static List<FailedAction> with(List<FailedAction> failures, OnFailure policy) {
        return failures.stream().filter(failed -> failed.policy() == policy).toList();
    }

    private void ignore(List<FailedAction> failures) {
        List<String> actions = failures.stream().map(FailedAction::action).toList();
        if (!actions.isEmpty()) {
            context.send(IGNORE_FAILURES, Map.of("actions", actions));
            SettlePhase.complete(context.tx());
        }
    }

    /** One failure after another, so that descendants that are cancelled already are not visited again. */
    private void cancelDescendants(List<Map<String, Object>> failures) {
        for (Map<String, Object> failure : failures) {
            changes.cancel(context.run(CANCEL_DESCENDANTS, Map.of("failures", List.of(failure)))
                    .list(row -> Map.of(
                            "action", row.get("action").asString(),
                            "message", row.get("message").asString())));
        }
    }

    private void stop(List<FailedAction> failures, String message) {
        List<Map<String, Object>> plans = failures.stream()
                .map(failed -> Map.<String, Object>of(
                        "plan", failed.plan(), "rollBack", failed.policy() == OnFailure.ROLLBACK))
                .toList();
        if (plans.isEmpty()) {
            return;
        }
        context.run(STOP_PLANS, Map.of("plans", plans))
                .forEachRemaining(row -> cancelRest(row.get("plan").asString(), failures, message));
    }

    private void cancelRest(String plan, List<FailedAction> failures, String message) {
        FailedAction first = failures.stream()
                .filter(failed -> failed.plan().equals(plan))
                .findFirst()
                .orElseThrow();
        changes.begin(
                plan,
                PlanChange.Kind.CANCELLING,
                message.formatted(first.claim().id()));
        changes.advance(Optional.of(plan), portion);
    }

    private static List<Map<String, Object>> rows(List<FailedAction> failures, String message) {
        return failures.stream()
                .map(failed -> Map.<String, Object>of(
                        "action", failed.action(),
                        "plan", failed.plan(),
                        "message", message.formatted(failed.claim().id())))
                .toList();
    }
}
