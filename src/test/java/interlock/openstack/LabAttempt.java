package interlock.openstack;

import interlock.action.LoneAttempt;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An attempt that waits as long as real Nova and Cinder take: nobody can set their clock. */
record LabAttempt(UUID action, int attempt, Map<String, Object> inputParameters) implements LoneAttempt {
    LabAttempt(Map<String, Object> inputParameters) {
        this(UUID.randomUUID(), 1, inputParameters);
    }

    @Override
    public int failures() {
        return 0;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
