package interlock.model;

import java.util.Locale;

/** Where the capacity of a resource comes from; a later source wins over an earlier one. */
public enum CapacitySource {
    /** The default of its kind, or no limit. */
    DEFAULT,
    /** A plan that was started. */
    PLAN,
    /** The configuration names the resource. */
    CONFIGURATION,
    /** An operator has set it. */
    OPERATOR;

    /** {@return its name in the API and in the graph} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the source with that name in the API and in the graph} */
    public static CapacitySource of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
