package interlock.applier;

import java.util.UUID;

/**
 * The identity of an attempt.
 *
 * @param action its action's uuid
 * @param fence the applier that made it, and its number
 */
public record Attempt(UUID action, FencingToken fence) {
    /** {@return the attempt of a claim} */
    public static Attempt of(Claim claim) {
        return new Attempt(claim.action(), claim.fence());
    }
}
