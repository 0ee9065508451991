package interlock.openstack;

import interlock.api.Execution;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An attempt that waits as long as real Nova and Cinder take: nobody can set their clock. */
record LabAttempt(UUID action, int attempt, Map<String, Object> inputParameters) implements Execution {
    LabAttempt(Map<String, Object> inputParameters) {
        this(UUID.randomUUID(), 1, inputParameters);
    }

    @Override
    public int failures() {
        return 0;
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
    public void updateProgress(double progress) {}

    @Override
    public void addRequestId(String requestId) {}

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
