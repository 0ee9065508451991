package interlock.api;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An action of a plan before execution.
 *
 * @param id its id, unique in the plan
 * @param actionType the name of its action type
 * @param inputParameters the parameters for the action type; JSON values
 * @param parents the ids of the actions that must be complete before it may start
 * @param uses the resource units that it takes while it runs
 * @param estimatedDuration the expected duration, if known
 * @param timeout the limit for one attempt, if there is one; not for an attempt to revert it
 * @param deadline the limit for all attempts together, from the start of the first and including the waits between
 *     them, if there is one
 * @param revertTimeout the limit for one attempt to revert it, if there is one
 * @param retry when and how often a failed attempt is repeated
 * @param triggerRule when it may start, by the ends of its parents
 */
public record PlannedAction(
        String id,
        String actionType,
        Map<String, Object> inputParameters,
        Set<String> parents,
        List<ResourceUse> uses,
        Optional<Duration> estimatedDuration,
        Optional<Duration> timeout,
        Optional<Duration> deadline,
        Optional<Duration> revertTimeout,
        RetryPolicy retry,
        TriggerRule triggerRule) {
    /** Makes defensive copies and keeps the order of the parents. */
    public PlannedAction {
        Objects.requireNonNull(id, "an action has an id");
        Objects.requireNonNull(actionType, "an action has a type");
        Objects.requireNonNull(estimatedDuration, "without an estimate it is empty");
        Objects.requireNonNull(timeout, "without a time-out it is empty");
        Objects.requireNonNull(deadline, "without a deadline it is empty");
        Objects.requireNonNull(revertTimeout, "without a time-out of its revert it is empty");
        Objects.requireNonNull(retry, "an action that is tried once has RetryPolicy.NEVER");
        inputParameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(inputParameters));
        Objects.requireNonNull(triggerRule, "an action that waits for complete parents has TriggerRule.ALL_SUCCESS");
        parents = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(parents));
        uses = List.copyOf(uses);
    }

    /** An action that waits for complete parents, and whose revert has no limit. */
    public PlannedAction(
            String id,
            String actionType,
            Map<String, Object> inputParameters,
            Set<String> parents,
            List<ResourceUse> uses,
            Optional<Duration> estimatedDuration,
            Optional<Duration> timeout,
            Optional<Duration> deadline,
            RetryPolicy retry) {
        this(
                id,
                actionType,
                inputParameters,
                parents,
                uses,
                estimatedDuration,
                timeout,
                deadline,
                Optional.empty(),
                retry,
                TriggerRule.ALL_SUCCESS);
    }

    /** {@return the same action with other parents} */
    public PlannedAction withParents(Set<String> others) {
        return with(others, uses, estimatedDuration, revertTimeout, triggerRule);
    }

    /** {@return the same action with other uses} */
    public PlannedAction withUses(List<ResourceUse> others) {
        return with(parents, others, estimatedDuration, revertTimeout, triggerRule);
    }

    /** {@return the same action, with this estimate if it has none} */
    public PlannedAction withEstimate(Duration usual) {
        return with(parents, uses, estimatedDuration.or(() -> Optional.of(usual)), revertTimeout, triggerRule);
    }

    /** {@return the same action with another limit of its revert} */
    public PlannedAction withRevertTimeout(Optional<Duration> other) {
        return with(parents, uses, estimatedDuration, other, triggerRule);
    }

    /** {@return the same action with another trigger rule} */
    public PlannedAction withTriggerRule(TriggerRule other) {
        return with(parents, uses, estimatedDuration, revertTimeout, other);
    }

    private PlannedAction with(
            Set<String> others,
            List<ResourceUse> otherUses,
            Optional<Duration> otherEstimate,
            Optional<Duration> otherRevertTimeout,
            TriggerRule otherRule) {
        return new PlannedAction(
                id,
                actionType,
                inputParameters,
                others,
                otherUses,
                otherEstimate,
                timeout,
                deadline,
                otherRevertTimeout,
                retry,
                otherRule);
    }
}
