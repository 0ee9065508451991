package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.neo4j.Neo4jServer;
import interlock.notification.Hook;
import interlock.notification.Hook.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks are told everything, at least once and in order, whoever is killed meanwhile. */
class ToldAfterKillTest {
    private static final int ACTIONS = 60;

    @TempDir
    private Path folder;

    private static String plan() {
        return "{\"name\": \"told\", \"actions\": [%s]}"
                .formatted(IntStream.range(0, ACTIONS)
                        .mapToObj(i -> "{\"id\": \"a%d\", \"action_type\": \"nop\", \"parents\": [%s]}"
                                .formatted(i, i < 3 ? "" : "\"a%d\"".formatted(i - 3)))
                        .collect(Collectors.joining(",")));
    }

    private ServiceProcess start(int number) throws Exception {
        return ServiceProcess.start(
                folder.resolve("log-" + number),
                "--neo4j-uri=" + Neo4jServer.settings().uri(),
                "--lease=10s");
    }

    @Test
    void aServiceThatIsKilledTellsTheRestAfterItsRestart() throws Exception {
        try (var hook = new Hook()) {
            Neo4jServer.emptied();
            String plan;
            try (var service = start(1)) {
                service.post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(hook.url()));
                plan = service.post("/v1/action_plans", plan()).path("uuid").asText();
                service.post("/v1/action_plans/%s/start".formatted(plan), "");
                await().atMost(RestartedService.PATIENCE)
                        .until(() -> hook.taken().size() > ACTIONS + 20);
                service.kill();
            }
            try (var service = start(2)) {
                var told = inOrder(hook.awaitOf(plan, request -> request.type().equals("action_plan.execution.end")));

                assertThat(service.get("/v1/action_plans/" + plan).path("state").asText())
                        .isEqualTo("SUCCEEDED");
                assertThat(told)
                        .extracting(request -> request.event().path("sequence").asText())
                        .isSorted();
                assertThat(actions(told, "action.create")).hasSize(ACTIONS);
                assertThat(actions(told, "action.execution.start")).hasSize(ACTIONS);
                assertThat(actions(told, "action.execution.end")).hasSize(ACTIONS);
            }
        }
    }

    /** {@return what was told, without what was told again} */
    private static List<Request> inOrder(List<Request> requests) {
        Set<String> ids = new HashSet<>();
        List<Request> first = new ArrayList<>();
        for (Request request : requests) {
            if (ids.add(request.event().path("id").asText())) {
                first.add(request);
            }
        }
        return first;
    }

    private static Set<String> actions(List<Request> told, String type) {
        return told.stream()
                .filter(request -> request.type().equals(type))
                .map(request -> request.data().path("id").asText())
                .collect(Collectors.toSet());
    }
}
