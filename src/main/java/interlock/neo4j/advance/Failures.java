package interlock.neo4j.advance;

import interlock.model.OnFailure;
import interlock.model.PlanOutcome;
import interlock.neo4j.database.Cypher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies the failure policies of plans to failures without an alternative path. */
public final class Failures {
    private static final Cypher IGNORE_FAILURES = Cypher.of("advance/follow/ignore-failures");
    private static final Cypher PAUSE_PLANS = Cypher.of("advance/follow/pause-plans");
    private static final Cypher STOP_PLANS = Cypher.of("advance/follow/stop-plans");
    private static final Cypher RELEASE_FAILURES = Cypher.of("advance/follow/release-failures");
    private static final Cypher BLOCK_UNTIL_PARENTS = Cypher.of("advance/follow/block-until-parents");
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
        List<FailedAction> pausing = with(failures, OnFailure.PAUSE);
        List<FailedAction> continuing = Stream.concat(with(failures, OnFailure.CONTINUE).stream(), pausing.stream())
                .toList();
        release(continuing, cancelDescendants(rows(continuing, "Cancelled: it depends on '%s', which failed.")));
        pause(pausing);
        stop(with(failures, OnFailure.STOP), "Cancelled: '%s' failed, and the plan stops on a failure.");
        stop(with(failures, OnFailure.ROLLBACK), "Cancelled: '%s' failed, and the plan is rolled back on a failure.");
        return !with(failures, OnFailure.ROLLBACK).isEmpty();
    }

    private static String message(FailedAction failed, @Nullable String path) {
        return message(failed.claim().id(), path, failed.message());
    }

    /**
     * {@return the reason why a plan fails}
     *
     * @param id the id of the failed action
     * @param path the name of its alternative path, if it belongs to one
     * @param message the message of its latest attempt
     */
    public static String message(String id, @Nullable String path, @Nullable String message) {
        String of = path == null ? "" : " of alternative path '%s'".formatted(path);
        return "Action '%s'%s failed: %s".formatted(id, of, message);
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

    /**
     * Cancels what depends on actions. One action after another, so that descendants that are cancelled already are not
     * visited again.
     *
     * @param roots maps with action, plan (uuids) and message: the status message of what is cancelled
     * @return the cancelled actions
     */
    List<ChangeLog.OfAction> cancelDescendants(List<Map<String, Object>> roots) {
        List<ChangeLog.OfAction> cancelled = new ArrayList<>();
        for (Map<String, Object> root : roots) {
            cancelled.addAll(changes.cancel(context.run(CANCEL_DESCENDANTS, Map.of("failures", List.of(root)))
                    .list(row -> Map.of(
                            "action", row.get("action").asString(),
                            "message", row.get("message").asString()))));
        }
        return cancelled;
    }

    /**
     * In plans with trigger rules, failed actions no longer block the children that may start after a failure, and
     * cancelled ones no longer do so when all of their parents have ended.
     */
    private void release(List<FailedAction> failures, List<ChangeLog.OfAction> cancelled) {
        if (failures.isEmpty()) {
            return;
        }
        List<String> actions = failures.stream().map(FailedAction::action).toList();
        Set<String> plans = context.run(RELEASE_FAILURES, Map.of("actions", actions)).stream()
                .map(row -> row.get("plan").asString())
                .collect(Collectors.toSet());
        if (!plans.isEmpty()) {
            SettlePhase.complete(context.tx());
            blockUntilParents(cancelled, plans);
        }
    }

    /** Lets the cancelled actions of these plans block their children until their own parents have ended. */
    void blockUntilParents(List<ChangeLog.OfAction> cancelled, Set<String> plans) {
        List<String> blocking = cancelled.stream()
                .filter(action -> plans.contains(action.plan()))
                .map(ChangeLog.OfAction::action)
                .toList();
        context.runFor(BLOCK_UNTIL_PARENTS, "actions", blocking);
        ReadyPhase.countParents(context, blocking);
    }

    private void pause(List<FailedAction> failures) {
        Map<String, Map<String, Object>> plans = new LinkedHashMap<>();
        for (FailedAction failed : failures) {
            String message = "Paused: %s Skip or retry the action, or resume the plan."
                    .formatted(PlanOutcome.sentence(failed.reason()));
            plans.putIfAbsent(failed.plan(), Map.of("plan", failed.plan(), "message", message));
        }
        context.runFor(PAUSE_PLANS, "plans", List.copyOf(plans.values()));
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
