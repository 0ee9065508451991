package interlock.api;

import java.util.Locale;

/** When an action may start, by the ends of its parents. */
public enum TriggerRule {
    /** All parents are complete. */
    ALL_SUCCESS,
    /** All parents have ended, however. */
    ALL_DONE,
    /** All parents have ended, and at least one has failed or was cancelled because of a failure. Otherwise the action is skipped. */
    ONE_FAILED;

    /** {@return the name in REST and plan documents, such as {@code all_done}} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the rule with this name in REST and plan documents}
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TriggerRule of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
