package interlock.api;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** One attempt of one action, as its type sees it. */
public interface Execution {
    /** {@return the action's uuid} */
    UUID action();

    /** {@return the uuid of the plan to which the action belongs} */
    UUID plan();

    /** {@return the plan's name; may be empty} */
    String planName();

    /** {@return where the type tells operators of what it does} Its lines name the action and the attempt. */
    System.Logger logger();

    /** {@return which attempt this is, counted from 1} */
    int attempt();

    /** {@return how many attempts before this one failed} */
    int failures();

    /** {@return what the action was told; it fits the type's schema} */
    Map<String, Object> inputParameters();

    /**
     * Tells how far the attempt has come. The latest word is stored soon, and shown to whoever follows the plan. Ignored
     * after the attempt has ended.
     *
     * @param progress from 0 to 1; what lies outside counts as the nearer of them
     * @throws IllegalArgumentException if it is not a finite number
     */
    void updateProgress(double progress);

    /**
     * Notes the id by which a service knows a request that changed something there. It is kept with the attempt, for who
     * looks for the request in the service's log. The latest 200 of an attempt are kept. Ignored after the attempt has
     * ended.
     *
     * @throws IllegalArgumentException if it is null, blank or longer than 255 characters
     */
    void addRequestId(String requestId);

    /**
     * Waits.
     *
     * @throws InterruptedException when the attempt is to stop at once
     */
    void sleep(Duration duration) throws InterruptedException;
}
