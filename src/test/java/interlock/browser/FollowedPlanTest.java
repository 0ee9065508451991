package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import interlock.fault.ServiceProcess;
import interlock.neo4j.Neo4jServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody watches a plan of 200 actions; its service is killed and comes back. */
@ExtendWith(Chromium.Installed.class)
class FollowedPlanTest {
    private static final int ACTIONS = 200;
    private static final int ROW = 10;

    /** Changes in the last milliseconds before a kill may not have been sent. */
    private static final long LAST_MOMENT = 500;

    /** Notes when each action is first seen in each state. */
    private static final String WATCH = """
            window.seen = {};
            const look = () => {
              for (const row of document.querySelectorAll('table.actions tbody tr')) {
                const key = row.cells[0].textContent + ' ' + row.cells[1].textContent.replace(/\\W/g, '');
                window.seen[key] ??= Date.now();
              }
            };
            look();
            new MutationObserver(look).observe(document.querySelector('.view'), { childList: true, subtree: true });
            """;

    private final Chromium chromium;

    @TempDir
    private Path folder;

    FollowedPlanTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @Test
    void whatChangesIsSeenAtOnceAndNothingIsMissedWhenTheServiceIsKilled() throws Exception {
        String[] options = {
            "--neo4j-uri=" + Neo4jServer.emptied().uri(),
            "--lease=10s",
            "--max-concurrent-actions=16",
            "--port=" + freePort()
        };
        ServiceProcess service = ServiceProcess.start(folder.resolve("first"), options);
        try (var visitor = new Visitor(chromium, service.uri(), Screen.WIDE_LIGHT)) {
            String plan =
                    service.post("/v1/action_plans", document()).path("uuid").asText();
            visitor.open("/plans/%s?view=table".formatted(plan));
            visitor.page().evaluate(WATCH);
            service.post("/v1/action_plans/%s/start".formatted(plan), "");
            assertThat(visitor.see(".counts")).hasText(Pattern.compile(".*\\b([6-9]\\d|1[0-5]\\d) SUCCEEDED.*"));

            long killed = System.currentTimeMillis();
            service.kill();
            service.close();
            assertThat(visitor.see("#connection")).containsText("connection lost");
            service = ServiceProcess.start(folder.resolve("second"), options);
            assertThat(visitor.see("#connection")).hasText("● live");
            long back = System.currentTimeMillis();
            assertThat(visitor.see(".counts")).hasText("✓ %d SUCCEEDED".formatted(ACTIONS));
            assertThat(visitor.see("table.actions .state").filter(new Locator.FilterOptions().setHasText("SUCCEEDED")))
                    .hasCount(ACTIONS);

            JsonNode timeline = service.get("/v1/action_plans/%s/timeline?limit=%d".formatted(plan, ACTIONS));
            Map<String, Long> finished = finished(timeline);
            List<Double> delays = delays(visitor, finished, at -> at < killed - LAST_MOMENT || at > back);
            tell(delays);
            Assertions.assertThat(finished.values())
                    .as("what the killed and the restarted one did")
                    .anyMatch(at -> at < killed)
                    .anyMatch(at -> at > back);
            Assertions.assertThat(delays)
                    .as("how late the page showed what had ended")
                    .isNotEmpty();
            for (JsonNode action : timeline.path("actions")) {
                assertThat(visitor.row(action.path("id").asText()).locator("td").last())
                        .hasText(String.valueOf(action.path("attempts").size()));
            }
            Assertions.assertThat(visitor.complaints())
                    .as("but for the connection, which was lost")
                    .allMatch(told -> told.contains("net::ERR_"));
        } finally {
            service.close();
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, Long> finished(JsonNode timeline) {
        Map<String, Long> finished = new TreeMap<>();
        for (JsonNode action : timeline.path("actions")) {
            JsonNode attempts = action.path("attempts");
            finished.put(
                    action.path("id").asText(),
                    millis(attempts.path(attempts.size() - 1).path("finished_at")));
        }
        return finished;
    }

    /** {@return how long after it had come to pass each success was seen, of those that could be} */
    private static List<Double> delays(Visitor visitor, Map<String, Long> finished, LongPredicate visible) {
        Map<?, ?> seen = (Map<?, ?>) visitor.page().evaluate("window.seen");
        return finished.entrySet().stream()
                .filter(action -> visible.test(action.getValue()))
                .map(action -> ((Number) seen.get(action.getKey() + " SUCCEEDED")).doubleValue() - action.getValue())
                .toList();
    }

    private static long millis(JsonNode time) {
        return OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
    }

    private static void tell(List<Double> delays) throws Exception {
        var figures = new LinkedHashMap<String, Number>();
        figures.put("changes", delays.size());
        figures.put("median_ms", Figures.quantile(delays, 0.5));
        figures.put("p95_ms", Figures.quantile(delays, 0.95));
        figures.put("longest_ms", Figures.quantile(delays, 1));
        Figures.tell("from a change in the graph until it is seen", figures);
    }

    /** Rows of ten, each action with two parents in the row before. */
    private static String document() {
        Random random = new Random(11);
        StringJoiner actions = new StringJoiner(",");
        for (int action = 0; action < ACTIONS; action++) {
            int above = (action / ROW - 1) * ROW;
            String parents =
                    action < ROW ? "" : "\"a%d\", \"a%d\"".formatted(above + action % ROW, above + (action + 3) % ROW);
            actions.add("""
                    {"id": "a%d", "action_type": "sleep", "input_parameters": {"duration": %s}, "parents": [%s]}""".formatted(action, 0.2 + random.nextInt(40) / 100.0, parents));
        }
        return "{\"name\": \"followed\", \"actions\": [%s]}".formatted(actions);
    }
}
