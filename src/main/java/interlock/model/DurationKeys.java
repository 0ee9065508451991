package interlock.model;

import java.util.Map;

/** What matters for the durations of actions, as their types say. */
@FunctionalInterface
public interface DurationKeys {
    /** Nothing but the type matters. */
    DurationKeys NONE = (_, _) -> "";

    /**
     * {@return the part of the parameters that matters for the duration, as a short text} Actions of a type with the
     * same text are recorded together. Empty if only the type matters, or it is unknown.
     */
    String of(String actionType, Map<String, Object> inputParameters);
}
