package interlock.applier.reference;

import interlock.model.ActionState;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An action of the reference, with its parents and the parents it had before. */
final class ReferenceAction {
    final String id;
    final @Nullable ReferencePath path;
    final int maxAttempts;
    final @Nullable ReferenceAction reverts;

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

    ReferenceAction(
            String id,
            @Nullable ReferencePath path,
            int maxAttempts,
            @Nullable ReferenceAction reverts,
            ActionState state) {
        this.id = id;
        this.path = path;
        this.maxAttempts = maxAttempts;
        this.reverts = reverts;
        this.state = state;
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
