package interlock.applier;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.action.PluginCalls.NoAnswer;
import interlock.api.ActionType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an action may be repeated after an attempt with an unknown outcome. Used by the applier's driver
 * only.
 */
final class Repeatability {
    private static final Logger log = LoggerFactory.getLogger(Repeatability.class);

    /** How long the driver waits for a type's answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ActionTypes types;
    private final PluginCalls calls;

    /**
     * Types that did not answer in time. They are not asked again, because the driver would wait for each of their
     * actions.
     */
    private final Set<String> silent = new HashSet<>();

    Repeatability(ActionTypes types, PluginCalls calls) {
        this.types = types;
        this.calls = calls;
    }

    /** {@return whether the action may be repeated; false if its type does not answer} */
    boolean of(Claim claim) {
        return types.find(claim.actionType())
                .map(installed -> !silent.contains(installed.name()) && says(installed.type(), claim))
                .orElse(false);
    }

    private boolean says(ActionType type, Claim claim) {
        Map<String, Object> parameters = claim.inputParameters();
        try {
            return calls.ask(
                    () -> claim.revert()
                            ? type.revertIdempotent(parameters)
                            : type.idempotent(parameters) || type.reconciles(parameters),
                    PATIENCE);
        } catch (NoAnswer e) {
            if (e.cause() instanceof TimeoutException) {
                silent.add(claim.actionType());
            }
            log.warn(
                    "action {} is not repeated: action type '{}' does not answer whether it may be: {}",
                    claim.action(),
                    claim.actionType(),
                    e.getMessage());
            return false;
        }
    }
}
