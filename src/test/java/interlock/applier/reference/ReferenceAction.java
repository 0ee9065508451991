package interlock.applier.reference;

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
    final @Nullable ReferencePath path;
    final int maxAttempts;
    final @Nullable ReferenceAction reverts;

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
            Optional<Duration> deadline,
            ActionState state) {
        this.id = id;
        this.path = path;
        this.maxAttempts = maxAttempts;
        this.reverts = reverts;
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

    boolean complete() {
        return state.complete() || (state == ActionState.FAILED && ignored);
    }

    boolean open() {
        return state == ActionState.PENDING || state == ActionState.ONGOING;
    }

    @Override
    public String toString() {
        return id;
    }
}
