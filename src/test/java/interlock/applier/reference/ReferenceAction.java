package interlock.applier.reference;

import interlock.api.TriggerRule;
import interlock.model.ActionState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An action of the reference, with its parents and the parents it had before. */
final class ReferenceAction {
    final String id;
    final int maxAttempts;
    final @Nullable ReferenceAction reverts;
    final TriggerRule rule;

    /** The path that it belongs to; a revert leaves it when the path is put back into STANDBY. */
    @Nullable
    ReferencePath path;

    /** Whether it is a finally action, or belongs to a path of one. */
    boolean inFinally;

    /** The longest time of all attempts together; of an action and of its reverts. */
    final Optional<Duration> deadline;

    /** The parents by current dependencies. */
    final Set<ReferenceAction> parents = new LinkedHashSet<>();

    /** The parents by current and former dependencies. */
    final Set<ReferenceAction> everAfter = new LinkedHashSet<>();

    ActionState state;
    int failures;
    boolean ignored;
    boolean undone;
    boolean toAbort;

    /** Whether its trigger rule, or those of all of its parents, skipped it. */
    boolean skippedByRule;

    /** Whether it runs only because of a failure. */
    boolean afterFailure;

    /** Whether a retry runs it again, because a path no longer replaces it. */
    boolean runsAgain;

    @Nullable
    ReferencePath replacedBy;

    /** The start of its first attempt since it was reset. */
    @Nullable
    Instant startedAt;

    ReferenceAction(
            String id,
            @Nullable ReferencePath path,
            int maxAttempts,
            @Nullable ReferenceAction reverts,
            TriggerRule rule,
            Optional<Duration> deadline,
            ActionState state) {
        this.id = id;
        this.path = path;
        this.maxAttempts = maxAttempts;
        this.reverts = reverts;
        this.rule = rule;
        this.deadline = deadline;
        this.state = state;
    }

    /** {@return whether its deadline has passed by then} */
    boolean isLate(Instant at) {
        return startedAt != null
                && deadline.map(startedAt::plus)
                        .filter(end -> !at.isBefore(end))
                        .isPresent();
    }

    /** {@return whether it no longer blocks children that wait for success} A skipped action is complete after its parents. */
    boolean complete() {
        return switch (state) {
            case SUCCEEDED -> true;
            case FAILED -> ignored;
            case SKIPPED -> isOpened() && parentsPermit();
            case PENDING, ONGOING, STANDBY, CANCELLED -> false;
        };
    }

    /** {@return whether it no longer blocks children that wait only for its end} */
    boolean over() {
        return switch (state) {
            case SUCCEEDED, FAILED -> true;
            case SKIPPED, CANCELLED -> isOpened() && parents.stream().allMatch(ReferenceAction::over);
            case PENDING, ONGOING, STANDBY -> false;
        };
    }

    /** {@return whether its path, if it is one of the path's first actions, no longer waits} */
    private boolean isOpened() {
        return path == null || !path.firsts.contains(this) || path.opened || path.mayOpen();
    }

    /** {@return whether it may start, or be skipped by its rule, by the ends of its parents} */
    boolean parentsPermit() {
        return rule == TriggerRule.ALL_SUCCESS
                ? parents.stream().allMatch(ReferenceAction::complete)
                : parents.stream().allMatch(ReferenceAction::over);
    }

    boolean isSkippedByRule() {
        return !parents.isEmpty()
                && (parents.stream().allMatch(it -> it.skippedByRule)
                        || (rule == TriggerRule.ONE_FAILED && parents.stream().noneMatch(ReferenceAction::broken)));
    }

    boolean broken() {
        return state == ActionState.FAILED || state == ActionState.CANCELLED;
    }

    boolean ofRollBack() {
        return reverts != null && path == null;
    }

    boolean open() {
        return state == ActionState.PENDING || state == ActionState.ONGOING;
    }

    @Override
    public String toString() {
        return id;
    }
}
