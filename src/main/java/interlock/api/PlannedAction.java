package interlock.api;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An action as it stands in a plan before anything of it has run.
 *
 * @param id its name in the plan, unique there
 * @param actionType the name of the type that knows how to run it
 * @param inputParameters what the type is told; JSON values
 * @param parents the ids of the actions that must be complete before it may start
 * @param uses what it takes of resources while it runs
 * @param estimatedDuration how long it is thought to run, if anybody knows
 * @param timeout how long one attempt may run, if there is a limit
 * @param deadline how long all attempts may take together, from the start of the first and with the waits between them,
 *     if there is a limit
 * @param retry how often it is tried
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
        RetryPolicy retry) {
    /** Copies what could be changed by others; keeps the order of the parents; refuses null. */
    public PlannedAction {
        Objects.requireNonNull(id, "an action has an id");
        Objects.requireNonNull(actionType, "an action has a type");
        Objects.requireNonNull(estimatedDuration, "without an estimate it is empty");
        Objects.requireNonNull(timeout, "without a time-out it is empty");
        Objects.requireNonNull(deadline, "without a deadline it is empty");
        Objects.requireNonNull(retry, "an action that is tried once has RetryPolicy.NEVER");
        inputParameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(inputParameters));
        parents = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(parents));
        uses = List.copyOf(uses);
    }

    /** {@return the same action, with other parents} */
    public PlannedAction withParents(Set<String> others) {
        return new PlannedAction(
                id, actionType, inputParameters, others, uses, estimatedDuration, timeout, deadline, retry);
    }

    /** {@return the same action, with other uses} */
    public PlannedAction withUses(List<ResourceUse> others) {
        return new PlannedAction(
                id, actionType, inputParameters, parents, others, estimatedDuration, timeout, deadline, retry);
    }

    /** {@return the same action, with what it is thought to take if nobody has said} */
    public PlannedAction withEstimate(Duration usual) {
        Optional<Duration> estimate = estimatedDuration.or(() -> Optional.of(usual));
        return new PlannedAction(id, actionType, inputParameters, parents, uses, estimate, timeout, deadline, retry);
    }
}
