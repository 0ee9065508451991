package interlock.action;

import interlock.model.Outcome;
import interlock.model.ResourceUse;
import java.util.List;
import java.util.Map;

/**
 * Knows how to run one kind of action. Found by {@link java.util.ServiceLoader}; one instance serves all actions of its
 * kind, from many threads.
 */
public interface ActionType {
    /** {@return the name by which plans ask for it, such as {@code sleep}} */
    String name();

    /** {@return what it does, in a sentence} */
    String description();

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
     * @throws InterruptedException when it is to stop at once: aborted, out of time, or its applier goes away
     * @throws Exception whatever went wrong
     */
    Outcome execute(Execution execution) throws Exception;
}
