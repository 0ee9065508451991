package interlock.action;

import interlock.action.PluginCalls.NoAnswer;
import interlock.model.DurationKeys;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What installed action types say that matters for the durations of actions. If a type fails to answer, only the type
 * matters, and one line of the log says so. A type that does not answer in time is not asked again: requests would wait for
 * it. For any thread.
 */
public final class TypeDurationKeys implements DurationKeys {
    private static final Logger log = LoggerFactory.getLogger(TypeDurationKeys.class);

    private final ActionTypes types;
    private final Set<String> faulty = ConcurrentHashMap.newKeySet();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /** Asks these types. */
    public TypeDurationKeys(ActionTypes types) {
        this.types = types;
    }

    @Override
    public String of(String actionType, Map<String, Object> inputParameters) {
        return silent.contains(actionType)
                ? ""
                : types.find(actionType).map(type -> ask(type, inputParameters)).orElse("");
    }

    private String ask(ActionTypes.Installed type, Map<String, Object> inputParameters) {
        try {
            return type.durationKey(inputParameters);
        } catch (NoAnswer e) {
            if (e.cause() instanceof TimeoutException) {
                silent.add(type.name());
            }
            if (faulty.add(type.name())) {
                log.warn(
                        "action type '{}' cannot say what matters for the duration of an action: {}. Durations are recorded by"
                                + " the type alone.",
                        type.name(),
                        e.getMessage());
            }
            return "";
        }
    }
}
