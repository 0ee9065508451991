package interlock.plan;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls.NoAnswer;
import interlock.api.PlannedAction;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durations that action types compute for the actions of one plan document. If a type fails to answer, the duration
 * is unknown, and one line of the log says so for all its actions in the document. For one thread.
 */
final class TypeEstimates {
    private static final Logger log = LoggerFactory.getLogger(TypeEstimates.class);

    private final ActionTypes types;

    /** Types without a usable answer about at least one action. */
    private final Set<String> faulty = new HashSet<>();

    /** Types that did not answer in time. They are not asked again: the request would wait for each of their actions. */
    private final Set<String> silent = new HashSet<>();

    TypeEstimates(ActionTypes types) {
        this.types = types;
    }

    /** {@return the action; if it has no estimate, with the one that its type computes} */
    PlannedAction estimated(PlannedAction action) {
        if (action.estimatedDuration().isPresent() || silent.contains(action.actionType())) {
            return action;
        }
        return types.find(action.actionType())
                .flatMap(type -> ask(type, action.inputParameters()))
                .map(action::withEstimate)
                .orElse(action);
    }

    private Optional<Duration> ask(ActionTypes.Installed type, Map<String, Object> inputParameters) {
        try {
            return type.estimate(inputParameters);
        } catch (NoAnswer e) {
            if (e.cause() instanceof TimeoutException) {
                silent.add(type.name());
            }
            if (faulty.add(type.name())) {
                log.warn(
                        "action type '{}' cannot estimate the duration of an action: {}. The plan is read without it.",
                        type.name(),
                        e.getMessage());
            }
            return Optional.empty();
        }
    }
}
