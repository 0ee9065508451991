package interlock.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The states of an action plan and the legal changes between them. */
public enum PlanState {
    /** Stored, but not started. */
    RECOMMENDED,
    /** Started; no applier has taken it up yet. */
    PENDING,
    /** Its actions run. */
    ONGOING,
    /** No further action starts; running actions finish. */
    CANCELLING,
    /** Every action is complete. */
    SUCCEEDED,
    /** An action failed and no alternative path replaced it. */
    FAILED,
    /** Stopped by a user. */
    CANCELLED,
    /** Replaced by a newer plan before it was started. */
    SUPERSEDED,
    /** Deleted; kept for history only. */
    DELETED;

    private static final Map<PlanState, Set<PlanState>> NEXT = new EnumMap<>(Map.of(
            RECOMMENDED, EnumSet.of(PENDING, CANCELLED, SUPERSEDED, DELETED),
            PENDING, EnumSet.of(ONGOING, CANCELLED),
            ONGOING, EnumSet.of(SUCCEEDED, FAILED, CANCELLING),
            // ONGOING: its finally actions run
            CANCELLING, EnumSet.of(CANCELLED, FAILED, ONGOING),
            // PENDING: the plan is retried
            SUCCEEDED, EnumSet.of(DELETED),
            FAILED, EnumSet.of(DELETED, PENDING),
            CANCELLED, EnumSet.of(DELETED, PENDING),
            SUPERSEDED, EnumSet.of(DELETED),
            DELETED, EnumSet.noneOf(PlanState.class)));

    /** {@return whether a plan in this state may change to {@code next}} */
    public boolean mayBecome(PlanState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** {@return the states from which a plan may change to this one} */
    public Set<PlanState> sources() {
        Set<PlanState> sources = EnumSet.noneOf(PlanState.class);
        for (PlanState state : values()) {
            if (state.mayBecome(this)) {
                sources.add(state);
            }
        }
        return sources;
    }

    /** {@return whether no action of a plan in this state will run, unless the plan is retried} */
    public boolean ended() {
        return switch (this) {
            case SUCCEEDED, FAILED, CANCELLED, SUPERSEDED, DELETED -> true;
            case RECOMMENDED, PENDING, ONGOING, CANCELLING -> false;
        };
    }
}
