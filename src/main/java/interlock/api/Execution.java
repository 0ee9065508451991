package interlock.api;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** One attempt of one action, as its action type sees it. */
public interface Execution {
    /** {@return the action's uuid} */
    UUID action();

    /** {@return the uuid of the action's plan} */
    UUID plan();

    /** {@return the plan's name; may be empty} */
    String planName();

    /** {@return the logger for messages to operators} Each line names the action and the attempt. */
    System.Logger logger();

    /** {@return the number of this attempt, counted from 1} */
    int attempt();

    /** {@return how many earlier attempts have failed} */
    int failures();

    /** {@return the action's input parameters; they are valid against the type's schema} */
    Map<String, Object> inputParameters();

    /**
     * Reports the progress of the attempt. The latest value is stored soon afterwards and shown to everyone who follows
     * the plan. Ignored after the attempt has ended.
     *
     * @param progress from 0 to 1; values outside are clamped
     * @throws IllegalArgumentException if it is not a finite number
     */
    void updateProgress(double progress);

    /**
     * Records the id that a remote service gave to a request that changed something, so that operators find the request
     * in that service's log. The latest 200 ids of an attempt are kept with it. Ignored after the attempt has ended.
     *
     * @throws IllegalArgumentException if it is null, blank or longer than 255 characters
     */
    void addRequestId(String requestId);

    /**
     * Waits for this long.
     *
     * @throws InterruptedException when the attempt must stop at once
     */
    void sleep(Duration duration) throws InterruptedException;
}
