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
            // the action was reverted and its plan is retried
            SUCCEEDED, EnumSet.of(PENDING),
            // the ended plan is retried
            FAILED, EnumSet.of(PENDING),
            SKIPPED, EnumSet.noneOf(ActionState.class),
            CANCELLED, EnumSet.of(PENDING)));

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
