package interlock.neo4j.advance;

import interlock.applier.Claim;
import interlock.model.OnFailure;

/**
 * An action that has failed for good.
 *
 * @param claim the claim of its last attempt
 * @param message the message of its last attempt, or how it ended without another one
 */
record FailedAction(Claim claim, String message) {
    String action() {
        return claim.action().toString();
    }

    String plan() {
        return claim.plan().toString();
    }

    /** {@return the reason for the failure of the action's path or plan} */
    String reason() {
        return "Action '%s' failed: %s".formatted(claim.id(), message);
    }

    /**
     * {@return the failure policy that applies} A roll-back continues with the reverts that do not depend on the failed
     * one.
     */
    OnFailure policy() {
        return claim.revert() && claim.path().isEmpty() ? OnFailure.CONTINUE : claim.onFailure();
    }
}
