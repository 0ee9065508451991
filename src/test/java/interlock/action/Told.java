package interlock.action;

import interlock.api.Execution;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An attempt that was told these parameters; it waits for nothing. */
record Told(Map<String, Object> inputParameters, int failures) implements Execution {
    Told(Map<String, Object> inputParameters) {
        this(inputParameters, 0);
    }

    @Override
    public UUID action() {
        return new UUID(0, 1);
    }

    @Override
    public UUID plan() {
        return new UUID(0, 2);
    }

    @Override
    public String planName() {
        return "";
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("test");
    }

    @Override
    public int attempt() {
        return failures + 1;
    }

    @Override
    public void updateProgress(double progress) {}

    @Override
    public void addRequestId(String requestId) {}

    @Override
    public void sleep(Duration duration) {}
}
