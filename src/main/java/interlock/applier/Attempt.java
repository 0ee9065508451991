package interlock.applier;

import java.util.UUID;

/**
 * Names an attempt.
 *
 * @param action its action's uuid
 * @param fence who made it, and its number
 */
public record Attempt(UUID action, FencingToken fence) {
    /** {@return the attempt that a claim is about} */
    public static Attempt of(Claim claim) {
        return new Attempt(claim.action(), claim.fence());
    }
}
