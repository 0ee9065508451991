package interlock.api;

import java.util.Map;

/**
 * An extension of Interlock: an {@link ActionType} or a {@link Planner}. {@link java.util.ServiceLoader} finds it in
 * its jar and creates it with its constructor without parameters. It lives as long as the service: it is named and
 * configured first, then used by many threads at once, and closed at the end.
 */
public interface Plugin extends AutoCloseable {
    /** {@return its name in plans, such as {@code sleep}} The name is unique among plug-ins of its kind. */
    String name();

    /** {@return what it does, in one sentence} */
    String description();

    /**
     * Passes the settings under {@code plugins} and this plug-in's name in the service's configuration. Called once,
     * before the first use.
     *
     * @param settings JSON values; empty if there are none
     * @throws IllegalArgumentException if a setting is invalid; the message is for the operator
     * @throws Exception for any other failure; the service starts without the plug-in
     */
    default void configure(Map<String, Object> settings) throws Exception {
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("'%s' has no settings".formatted(name()));
        }
    }

    /**
     * Releases its resources when the service ends. Its attempts have ended by then, except any that ignored the
     * request to stop.
     */
    @Override
    default void close() {}
}
