package interlock.model;

import java.util.Optional;

/**
 * The keys under which durations are recorded. Attempts without an estimate are recorded by their type, and by their
 * type and what matters for it, such as the flavor of a resize. Attempts with an estimate are recorded by their type
 * and the magnitude of the estimate, in relation to it: a fixed overhead matters less for long ones.
 */
public final class DurationKey {
    private DurationKey() {}

    /** {@return the key of all attempts of a type without an estimate} */
    public static String ofType(String actionType, boolean revert) {
        return revert ? actionType + "/revert" : actionType;
    }

    /** {@return the key of the attempts that are alike; without anything that matters, that of the type} */
    public static String of(String actionType, boolean revert, String durationKey) {
        String type = ofType(actionType, revert);
        return durationKey.isEmpty() ? type : type + "/" + durationKey;
    }

    /** {@return the key of attempts with such an estimate; empty for an estimate of 0, which has no relation} */
    public static Optional<String> ofEstimate(String actionType, boolean revert, double seconds) {
        if (!(seconds > 0)) {
            return Optional.empty();
        }
        return Optional.of("%s/estimate of 2^%d s".formatted(ofType(actionType, revert), Math.getExponent(seconds)));
    }
}
