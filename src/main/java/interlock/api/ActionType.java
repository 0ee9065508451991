package interlock.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows how to run one kind of action. One instance serves all actions of its kind, from many threads. */
public interface ActionType extends Plugin {
    /** {@return the JSON Schema, draft 2020-12, of its input parameters, as JSON} */
    String parametersSchema();

    /**
     * {@return whether an action with these parameters may be run again when nobody knows how far an earlier attempt
     * came} If not, an action whose applier died is FAILED instead of run again.
     */
    boolean idempotent(Map<String, Object> inputParameters);

    /**
     * {@return what an action with these parameters takes units of while it runs} What the plan's author asks for comes
     * on top.
     */
    default List<ResourceUse> uses(Map<String, Object> inputParameters) {
        return List.of();
    }

    /**
     * Runs one attempt of an action, on a thread of its own. An exception is a failure that may be tried again, with
     * the exception's message.
     *
     * @return how it ended
     * @throws InterruptedException when it stops before its end: aborted, out of time, or its applier goes away. The
     *     message of an attempt that was asked to abort is kept
     * @throws Exception whatever went wrong
     */
    Result execute(Execution execution) throws Exception;

    /**
     * Asks an attempt to come to its end before its time, on another thread than the one that runs it. An action type
     * that cannot abort lets its attempts run to their end: they are awaited.
     *
     * @return whether the attempt's thread is to be interrupted. False if there is nothing more to do: the attempt cannot
     *     be aborted, or will find out by itself. In both cases an attempt that then throws {@link InterruptedException} is
     *     ABORTED
     * @throws Exception whatever went wrong; the attempt goes on
     */
    default boolean abort(Execution execution) throws Exception {
        return false;
    }

    /**
     * {@return whether {@link #reconcile} can find out how far an attempt with these parameters came} Then an action is
     * not FAILED when its applier died, even if it is not {@linkplain #idempotent idempotent}.
     */
    default boolean reconciles(Map<String, Object> inputParameters) {
        return false;
    }

    /**
     * Finds out what an attempt did that was cut short: asked before the action would run again, in the new attempt.
     * It may wait until what the earlier attempt began has come to its end.
     *
     * @return how the action's work ended; empty if it was not done, so that it has to be done now
     * @throws InterruptedException when it is to stop at once
     * @throws Exception whatever went wrong; a failure that may be tried again
     */
    default Optional<Result> reconcile(Execution execution) throws Exception {
        return Optional.empty();
    }

    /**
     * Undoes what a successful action with these parameters did. Runs as an attempt of its own; is run again when nobody
     * knows how far it came, if {@linkplain #revertIdempotent that does no harm}.
     *
     * @return how it ended; SKIPPED if the type cannot revert
     * @throws InterruptedException when it is to stop at once
     * @throws Exception whatever went wrong; a failure that may be tried again
     */
    default Result revert(Execution execution) throws Exception {
        return Result.skipped("Action type '%s' cannot be reverted.".formatted(name()));
    }

    /**
     * {@return whether a revert with these parameters may be run again when nobody knows how far an earlier attempt
     * came} If not, a revert whose applier died is FAILED instead of run again.
     */
    default boolean revertIdempotent(Map<String, Object> inputParameters) {
        return idempotent(inputParameters);
    }
}
