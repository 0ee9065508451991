package interlock.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The states of an action, and the only changes between them that there are. */
public enum ActionState {
    /** Waits: for its parents, for its time, for a resource or for a free slot. */
    PENDING,
    /** An applier runs it. */
    ONGOING,
    /** It did what it was asked to do. */
    SUCCEEDED,
    /** Its last attempt failed and there is nothing left to try. */
    FAILED,
    /** It was not needed; its children see it as complete. */
    SKIPPED,
    /** It will not run. */
    CANCELLED,
    /** It belongs to an alternative path that nothing has called for yet. */
    STANDBY;

    private static final Map<ActionState, Set<ActionState>> NEXT = new EnumMap<>(Map.of(
            // claimed; skipped, refused before it ran, or cancelled
            PENDING, EnumSet.of(ONGOING, SKIPPED, FAILED, CANCELLED),
            // its outcome; PENDING: a retry, or its applier was lost
            ONGOING, EnumSet.of(SUCCEEDED, FAILED, SKIPPED, CANCELLED, PENDING),
            // its path was activated
            STANDBY, EnumSet.of(PENDING),
            // it was reverted, and its plan is retried
            SUCCEEDED, EnumSet.of(PENDING),
            // an ended plan is retried
            FAILED, EnumSet.of(PENDING),
            SKIPPED, EnumSet.noneOf(ActionState.class),
            CANCELLED, EnumSet.of(PENDING)));

    /** {@return whether an action in this state may change to {@code next}} */
    public boolean mayBecome(ActionState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** {@return whether an action in this state is over for its plan: it neither runs nor waits} */
    public boolean ended() {
        return switch (this) {
            case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> true;
            case PENDING, ONGOING, STANDBY -> false;
        };
    }

    /** {@return whether a child need not wait any longer for a parent in this state} */
    public boolean complete() {
        return this == SUCCEEDED || this == SKIPPED;
    }

    /** {@return the label that a node in this state bears, as in {@code (:Succeeded)}} */
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
