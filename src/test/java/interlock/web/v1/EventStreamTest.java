package interlock.web.v1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(RunningService.Shared.class)
class EventStreamTest {
    private final RunningService service;

    EventStreamTest(RunningService service) {
        this.service = service;
    }

    private record Event(long id, String name, JsonNode data) {}

    @Test
    void whoFollowsAPlanSeesEachRevisionInOrderUpToItsEnd() throws Exception {
        var plan = service.create(chain(60));

        try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
            var live = client.submit(() -> events(plan, ""));
            service.run(plan);

            assertThat(live.get()).isEqualTo(events(plan, ""));
        }

        var events = events(plan, "");
        var last = events.getLast();
        assertThat(events.size()).isGreaterThan(60);
        assertThat(events)
                .map(Event::id)
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events)
                .allSatisfy(event -> assertThat(event.name()).isEqualTo("change"))
                .allSatisfy(event ->
                        assertThat(event.data().path("revision").asLong()).isEqualTo(event.id()))
                .allSatisfy(event -> assertThat(service.contract().problems("Change", event.data()))
                        .isEmpty());
        assertThat(events)
                .map(event -> event.data().path("state").asText())
                .startsWith("RECOMMENDED", "PENDING", "ONGOING")
                .endsWith("SUCCEEDED");
        assertThat(last.data().path("actions_by_state").path("SUCCEEDED").asInt())
                .isEqualTo(60);
        assertThat(service.plan(plan).path("revision").asLong()).isEqualTo(last.id());
    }

    @Test
    void theEventsTellEachChangeOfEachAction() {
        var plan = service.create(wide(300));
        service.run(plan);

        Map<String, List<String>> states = new HashMap<>();
        events(plan, "")
                .forEach(event -> event.data()
                        .path("actions")
                        .forEach(action -> states.computeIfAbsent(
                                        action.path("id").asText(), _ -> new ArrayList<>())
                                .add(action.path("state").asText())));

        assertThat(states).hasSize(300).allSatisfy((_, its) -> assertThat(its).containsExactly("ONGOING", "SUCCEEDED"));
    }

    @Test
    void whoComesBackMissesNothing() {
        var plan = service.create(chain(10));
        service.run(plan);
        var all = events(plan, "");

        for (var known = 0; known < all.size(); known++) {
            assertThat(events(plan, "", "Last-Event-ID", String.valueOf(known)))
                    .isEqualTo(all.subList(known, all.size()));
            assertThat(events(plan, "?since=" + known)).isEqualTo(all.subList(known, all.size()));
        }
        assertThat(events(plan, "?since=1", "Last-Event-ID", "3")).isEqualTo(all.subList(3, all.size()));
    }

    @Test
    void whoHasNothingToCatchUpWithIsAnsweredAtOnce() throws IOException {
        var plan = service.create(chain(1));

        var response =
                service.exchange("GET", path(plan) + "?since=1", BodyPublishers.noBody(), BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)).readLine())
                .isEqualTo("retry: 1000");
        response.body().close();
    }

    @Test
    void theRevisionIsANumber() {
        var plan = service.create(chain(1));

        assertThat(service.get(path(plan), "Last-Event-ID", "yesterday").status())
                .isEqualTo(400);
        assertThat(service.get(path(plan) + "?since=x").status()).isEqualTo(400);
    }

    /** Those up to the end of the plan. */
    private List<Event> events(UUID plan, String query, String... headers) {
        var response = service.exchange(
                "GET", path(plan) + query, BodyPublishers.noBody(), BodyHandlers.ofInputStream(), headers);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        List<Event> events = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    var parts = line.split(": ", 2);
                    fields.put(parts[0], parts[1]);
                } else if (fields.containsKey("data")) {
                    events.add(new Event(
                            Long.parseLong(fields.get("id")), fields.get("event"), Answer.json(fields.get("data"))));
                    fields.clear();
                    if (events.getLast().data().path("state").asText().matches("SUCCEEDED|FAILED")) {
                        return events;
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new AssertionError("the stream ended before the plan did: " + events);
    }

    private static String path(UUID plan) {
        return "/v1/action_plans/%s/events".formatted(plan);
    }

    private static String chain(int length) {
        return IntStream.range(0, length)
                .mapToObj(n -> "{\"id\": \"a%d\", \"action_type\": \"nop\", \"parents\": [%s]}"
                        .formatted(n, n == 0 ? "" : "\"a%d\"".formatted(n - 1)))
                .collect(joining(",", "{\"actions\": [", "]}"));
    }

    private static String wide(int width) {
        return IntStream.range(0, width)
                .mapToObj("{\"id\": \"a%d\", \"action_type\": \"nop\"}"::formatted)
                .collect(joining(",", "{\"actions\": [", "]}"));
    }
}
