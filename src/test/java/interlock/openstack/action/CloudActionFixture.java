package interlock.openstack.action;

import interlock.action.ActionTypes;
import interlock.action.LoneAttempt;
import interlock.api.ActionType;
import interlock.openstack.Clouds;
import interlock.openstack.ScriptedCloud;
import interlock.openstack.ScriptedCloud.Answer;
import interlock.openstack.WaitingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The action types, on a cloud that is scripted. */
abstract class CloudActionFixture {
    static final String ID = "73b09e16-35b7-4922-804e-e8f5d9b740fc";
    static final String SERVER = "GET /nova/v2.1/servers/" + ID;

    final WaitingClock clock = new WaitingClock();
    ScriptedCloud server;
    Clouds clouds;
    ActionTypes types;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedCloud();
        clouds = server.clouds(clock);
        types = new ActionTypes(OpenStackTypes.on(clouds));
    }

    @AfterEach
    void stop() {
        clouds.close();
        server.close();
    }

    /** An attempt that waits by the hand clock. */
    record Told(WaitingClock clock, Map<String, Object> inputParameters, List<Object> news) implements LoneAttempt {
        @Override
        public void updateProgress(double progress) {
            news.add(progress);
        }

        @Override
        public void addRequestId(String requestId) {
            news.add(requestId);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            clock.sleep(duration);
        }
    }

    ActionType type(String name) {
        return types.find(name).orElseThrow().type();
    }

    Told told(Map<String, Object> parameters) {
        return new Told(clock, parameters, new ArrayList<>());
    }

    static Answer instance(String status, String task, String host) {
        return instance(status, task, host, 0);
    }

    static Answer instance(String status, String task, String host, int progress) {
        return Answer.of(200, """
                {"server": {"id": "%s", "status": "%s", "OS-EXT-STS:task_state": %s, "OS-EXT-SRV-ATTR:host": "%s",
                            "progress": %d}}""".formatted(ID, status, task.isEmpty() ? "null" : "\"" + task + "\"", host, progress));
    }
}
