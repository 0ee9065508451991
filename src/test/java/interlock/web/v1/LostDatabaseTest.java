package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(180)
@ExtendWith(RunningService.Shared.class)
class LostDatabaseTest {
    private static final String NOP = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}";

    @Test
    void withoutItsDatabaseTheServiceSaysThatItIsUnavailable() throws Exception {
        try (var service = new RunningService()) {
            var plan = service.create(NOP);
            var stream = service.exchange("GET", events(plan), BodyPublishers.noBody(), BodyHandlers.ofInputStream());

            service.loseDatabase();

            assertThat(atOnce(List.of(
                            () -> service.get("/v1/action_plans"),
                            () -> service.get("/v1/action_plans/" + plan),
                            () -> service.get("/v1/action_plans/%s/graph".formatted(plan)),
                            () -> service.get(events(plan)),
                            () -> service.get("/v1/actions?action_plan_uuid=" + plan),
                            () -> service.get("/v1/appliers"),
                            () -> service.post("/v1/action_plans", NOP),
                            () -> service.post("/v1/action_plans/%s/start".formatted(plan), ""),
                            () -> service.delete("/v1/action_plans/" + plan))))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.body()).isEqualTo(503))
                    .allSatisfy(
                            answer -> assertThat(answer.header("Retry-After")).isEqualTo("5"))
                    .allSatisfy(
                            answer -> assertThat(answer.detail()).isEqualTo("The database is unreachable; try again."));
            assertThat(service.get("/health/live").status()).isEqualTo(200);
            assertThat(service.get("/health/ready").status()).isEqualTo(503);
            assertThat(service.get("/metrics").body()).contains("interlock_actions_ready NaN");
            assertThat(service.get("/v1/action_types").status()).isEqualTo(200);
            assertThat(new String(stream.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("id: 1\n")
                    .doesNotContain("unreachable");
        }
    }

    private static List<Answer> atOnce(List<Callable<Answer>> requests) throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = new ArrayList<>();
            for (var answer : clients.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    @Test
    void anOpenEventStreamDoesNotKeepTheServiceFromStopping(RunningService shared) throws Exception {
        var service = shared.withoutWatcherApi();
        var plan = service.create(NOP);
        var stream = service.exchange("GET", events(plan), BodyPublishers.noBody(), BodyHandlers.ofInputStream());

        service.closeApp();

        assertThat(stream.statusCode()).isEqualTo(200);
        stream.body().close();
        service.close();
    }

    private static String events(UUID plan) {
        return "/v1/action_plans/%s/events".formatted(plan);
    }
}
