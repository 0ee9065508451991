package interlock.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The states of an audit and the legal changes between them. */
public enum AuditState {
    /** Stored; its strategy has not run. */
    PENDING,
    /** Its strategy runs. */
    ONGOING,
    /** Its plan exists. */
    SUCCEEDED,
    /** Its strategy or its planner failed. */
    FAILED,
    /** Stopped by a user. */
    CANCELLED,
    /** Paused by a user. */
    SUSPENDED,
    /** Deleted; kept for history only. */
    DELETED;

    private static final Map<AuditState, Set<AuditState>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(ONGOING, CANCELLED),
            ONGOING, EnumSet.of(FAILED, SUCCEEDED, CANCELLED, SUSPENDED),
            FAILED, EnumSet.of(DELETED),
            SUCCEEDED, EnumSet.of(DELETED),
            CANCELLED, EnumSet.of(DELETED),
            SUSPENDED, EnumSet.of(ONGOING, DELETED),
            DELETED, EnumSet.noneOf(AuditState.class)));

    /** {@return whether a user may change an audit in this state to {@code next}} */
    public boolean mayBecome(AuditState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
