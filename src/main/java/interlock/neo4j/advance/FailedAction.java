package interlock.neo4j.advance;

import interlock.applier.Claim;
import interlock.model.OnFailure;

/**
 * An action that has failed for good.
 *
 * @param claim the action
 * @param message what its last attempt said
 */
record FailedAction(Claim claim, String message) {
    String action() {
        return claim.action().toString();
    }

    String plan() {
        return claim.plan().toString();
    }

    /** {@return why what it belongs to has failed} */
    String reason() {
        return "Action '%s' failed: %s".formatted(claim.id(), message);
    }

    /** {@return the failure policy that holds for it} A roll-back goes on with what does not depend on the failure. */
    OnFailure policy() {
        return claim.revert() && claim.path().isEmpty() ? OnFailure.CONTINUE : claim.onFailure();
    }
}
