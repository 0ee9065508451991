package interlock.action;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** One attempt of one action, as its type sees it. */
public interface Execution {
    /** {@return the action's uuid} */
    UUID action();

    /** {@return which attempt this is, counted from 1} */
    int attempt();

    /** {@return how many attempts before this one failed} */
    int failures();

    /** {@return what the action was told; it fits the type's schema} */
    Map<String, Object> inputParameters();

    /**
     * Waits.
     *
     * @throws InterruptedException when the attempt is to stop at once
     */
    void sleep(Duration duration) throws InterruptedException;
}
