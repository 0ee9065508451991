package interlock.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one kind of action. One instance serves all actions of its kind, on many threads at once. */
public interface ActionType extends Plugin {
    /** {@return the JSON Schema (draft 2020-12) of the input parameters, as JSON} */
    String parametersSchema();

    /**
     * {@return whether an action with these parameters may run again after an attempt whose outcome is unknown} If not,
     * an action whose applier died is FAILED instead of being run again.
     */
    boolean idempotent(Map<String, Object> inputParameters);

    /**
     * {@return the resource units that an action with these parameters takes while it runs} The uses in the plan
     * document are added to them.
     */
    default List<ResourceUse> uses(Map<String, Object> inputParameters) {
        return List.of();
    }

    /**
     * {@return the duration that an action with these parameters will probably take, if the parameters determine it}
     * Plans and forecasts use it for actions without an {@code estimated_duration}; if it is unknown, they use recorded
     * durations. It covers {@link #execute} only, without waits, retries and {@link #revert}.
     *
     * <p>Called for each action of a plan document that is read, possibly on many threads at once; so it computes,
     * without I/O. An exception, null, a negative duration, a duration of more than 100 years, and no answer within a
     * second all mean that the duration is unknown.
     */
    default Optional<Duration> estimate(Map<String, Object> inputParameters) {
        return Optional.empty();
    }

    /**
     * {@return the part of the parameters that matters for the duration of an action, as a short text} Actions of a type
     * with the same text take about the same time: the flavor of a resize, the kind of a migration. Durations are recorded
     * by it, and forecasts use those of the same text. Empty if only the type matters, or if {@link #estimate} knows.
     *
     * <p>Called like {@link #estimate}. An exception, null, a text of more than 200 characters, and no answer within a
     * second all mean that only the type matters.
     */
    default String durationKey(Map<String, Object> inputParameters) {
        return "";
    }

    /**
     * {@return the kinds in {@link #uses} that actions share, such as hosts and pools} Read once, when the type is
     * installed. Resources of these kinds are unlimited until somebody sets a capacity. Resources of all other kinds are
     * locks with a capacity of 1, such as the instance that an action changes.
     */
    default Set<String> resourceKinds() {
        return Set.of();
    }

    /**
     * Runs one attempt of an action, on a thread of its own. Any exception is a retryable failure with the exception's
     * message.
     *
     * @return the outcome of the attempt
     * @throws InterruptedException when the attempt stops early: aborted, timed out, or its applier is shutting down.
     *     If the attempt was asked to abort, the message is kept
     * @throws Exception for any other failure
     */
    Result execute(Execution execution) throws Exception;

    /**
     * Asks a running attempt to end early. Called on another thread than {@link #execute}. Attempts of an action type
     * that cannot abort run to their end, and the applier waits for them.
     *
     * @return whether to interrupt the attempt's thread. False if the attempt cannot be aborted or stops by itself. In
     *     both cases an attempt that then throws {@link InterruptedException} is ABORTED
     * @throws Exception if the abort failed; the attempt continues
     */
    default boolean abort(Execution execution) throws Exception {
        return false;
    }

    /**
     * {@return whether {@link #reconcile} can determine the outcome of an interrupted attempt with these parameters} If
     * so, an action whose applier died is not FAILED, even if it is not {@linkplain #idempotent idempotent}.
     */
    default boolean reconciles(Map<String, Object> inputParameters) {
        return false;
    }

    /**
     * Determines what an interrupted attempt has done. Called in the next attempt, before the action would run again.
     * It may wait until the work that the earlier attempt started has ended.
     *
     * @return the outcome of the earlier attempt; empty if the work was not done and has to be done now
     * @throws InterruptedException when the attempt must stop at once
     * @throws Exception for any other failure; it is retryable
     */
    default Optional<Result> reconcile(Execution execution) throws Exception {
        return Optional.empty();
    }

    /**
     * Undoes a successful action with these parameters. Runs as an attempt of its own. If the outcome of that attempt
     * is unknown, it runs again only if {@link #revertIdempotent} allows it.
     *
     * @return the outcome; SKIPPED if the type cannot revert
     * @throws InterruptedException when the attempt must stop at once
     * @throws Exception for any other failure; it is retryable
     */
    default Result revert(Execution execution) throws Exception {
        return Result.skipped("Action type '%s' cannot be reverted.".formatted(name()));
    }

    /**
     * {@return whether a revert with these parameters may run again after an attempt whose outcome is unknown} If not,
     * a revert whose applier died is FAILED instead of being run again.
     */
    default boolean revertIdempotent(Map<String, Object> inputParameters) {
        return idempotent(inputParameters);
    }
}
