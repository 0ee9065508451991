package interlock.action;

import java.time.Duration;
import java.util.Map;

/** An attempt that was told these parameters; it waits for nothing. */
record Told(Map<String, Object> inputParameters, int failures) implements LoneAttempt {
    Told(Map<String, Object> inputParameters) {
        this(inputParameters, 0);
    }

    @Override
    public void sleep(Duration duration) {}
}
