package interlock.api;

import java.util.Map;

/**
 * What others add to Interlock: an {@link ActionType} or a {@link Planner}. It is found by {@link java.util.ServiceLoader} in a jar of its
 * own, is made by its constructor without parameters, and lives as long as the service: first it is asked for its name and configured,
 * then used, by many threads at once, and closed at the end.
 */
public interface Plugin extends AutoCloseable {
    /** {@return the name by which plans ask for it, such as {@code sleep}} No other of its kind has it. */
    String name();

    /** {@return what it does, in a sentence} */
    String description();

    /**
     * Tells what the configuration of the service has under {@code plugins} and this plug-in's name. Called once, before it is used.
     *
     * @param settings JSON values; empty if there are none
     * @throws IllegalArgumentException if one of them is wrong; the message is for the operator
     * @throws Exception whatever else went wrong; the plug-in is left out
     */
    default void configure(Map<String, Object> settings) throws Exception {
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("'%s' has no settings".formatted(name()));
        }
    }

    /** Gives back what it holds, at the end of the service. Nothing of it runs any more, unless it did not stop when asked to. */
    @Override
    default void close() {}
}
