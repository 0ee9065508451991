package interlock.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The states of an action and the legal changes between them. */
public enum ActionState {
    /** Waits for its parents, its start time, a resource or a free slot. */
    PENDING,
    /** Running on an applier. */
    ONGOING,
    /** The action reached its goal. */
    SUCCEEDED,
    /** The last attempt failed and no retry is left. */
    FAILED,
    /** There was nothing to do; its children treat it as complete. */
    SKIPPED,
    /** The action will not run. */
    CANCELLED,
    /** Belongs to an alternative path that is not activated. */
    STANDBY;

    private static final Map<ActionState, Set<ActionState>> NEXT = new EnumMap<>(Map.of(
            // claimed; or skipped, rejected before the start, or cancelled
            PENDING, EnumSet.of(ONGOING, SKIPPED, FAILED, CANCELLED),
            // the outcome; PENDING: a retry, or the applier was lost
            ONGOING, EnumSet.of(SUCCEEDED, FAILED, SKIPPED, CANCELLED, PENDING),
            // the path was activated
            STANDBY, EnumSet.of(PENDING),
            // the plan is retried: the action was reverted, ran because of a failure, or waits in a path again
            SUCCEEDED, EnumSet.of(PENDING, STANDBY),
            // a retry; SKIPPED: a person did it
            FAILED, EnumSet.of(PENDING, STANDBY, SKIPPED),
            // the plan is retried: its trigger rule or a path skipped the action
            SKIPPED, EnumSet.of(PENDING, STANDBY),
            CANCELLED, EnumSet.of(PENDING, STANDBY, SKIPPED)));

    /** {@return whether an action in this state may change to {@code next}} */
    public boolean mayBecome(ActionState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** {@return whether an action in this state has ended: it neither runs nor waits} */
    public boolean ended() {
        return switch (this) {
            case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> true;
            case PENDING, ONGOING, STANDBY -> false;
        };
    }

    /** {@return whether a parent in this state no longer blocks its children} */
    public boolean complete() {
        return this == SUCCEEDED || this == SKIPPED;
    }

    /** {@return the label of a node in this state, as in {@code (:Succeeded)}} */
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
