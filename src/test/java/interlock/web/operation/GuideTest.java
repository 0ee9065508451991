package interlock.web.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Record;

/** The guide for Neo4j Browser: it may be read from there, and what it says to run finds something. */
@ExtendWith(RunningService.Shared.class)
class GuideTest {
    private static final Pattern RUNNABLE = Pattern.compile("(?s)<pre class=\"[^\"]*\\brunnable\">(.*?)</pre>");
    private static final Pattern PARAMETER = Pattern.compile(":param \\[\\w+] => \\{(.*)}");

    /** Neo4j Browser removes scripts from a guide; a query may look like one. */
    private static final Pattern CUT_OUT =
            Pattern.compile("(?i)\\s+on[^\\s=]+\\s*=\\s*(\"[^\"]*\"|'[^']*'|[\\w\\-.:]+\\s*)|<script");

    /** One of each: what has run, runs, waits for a resource, waits for its parent, has failed, was replaced. */
    private static final String IN_THE_MIDDLE = """
            {"name": "in the middle", "resources": [{"kind": "compute_host", "id": "h1", "capacity": 1}], "actions": [
              {"id": "check", "action_type": "nop"},
              {"id": "move a", "action_type": "sleep", "input_parameters": {"duration": 3600}, "parents": ["check"],
               "uses": [{"kind": "compute_host", "id": "h1"}]},
              {"id": "move b", "action_type": "sleep", "input_parameters": {"duration": 3600}, "parents": ["check"],
               "uses": [{"kind": "compute_host", "id": "h1"}]},
              {"id": "move c", "action_type": "fail", "input_parameters": {"permanent": true}, "parents": ["check"],
               "alternatives": [{"name": "cold", "actions": [{"id": "cold move c", "action_type": "nop"}]}]},
              {"id": "off", "action_type": "nop", "parents": ["move a", "move b", "move c"]}]}""";

    private final RunningService shared;

    GuideTest(RunningService shared) {
        this.shared = shared;
    }

    @Test
    void everyQueryFindsSomethingInAPlanInTheMiddleOfItsLife() throws IOException {
        try (RunningService service = new RunningService()) {
            service.start(service.create(IN_THE_MIDDLE));
            await().atMost(RunningService.PATIENCE)
                    .until(() -> service.query(
                                            "MATCH (w:Ready {blockedBy: 'compute_host/h1'}), (:AlternativePath {state: 'SUCCEEDED'}) RETURN w",
                                            Map.of())
                                    .size()
                            == 1);
            Map<String, Object> parameters = new HashMap<>();

            List<String> runnable = runnable(service);

            assertThat(runnable).hasSizeGreaterThan(10).allSatisfy(text -> {
                Matcher parameter = PARAMETER.matcher(text);
                String query = parameter.matches() ? parameter.group(1) : text;
                List<Record> rows = service.query(query, parameters);
                assertThat(rows).as(text).isNotEmpty();
                if (parameter.matches()) {
                    parameters.putAll(rows.getFirst().asMap());
                }
            });
        }
    }

    @Test
    void itSaysWhereItsOwnStyleSheetIsAndTheStyleSheetIsThere() {
        String guide = shared.get(GuideRoutes.GUIDE).body();

        assertThat(guide).contains(">:style %s%s</pre>".formatted(shared.uri(), GuideRoutes.STYLE));
        assertThat(shared.get(GuideRoutes.STYLE).body()).contains("node.Ready {", "node.Failed {");
    }

    @Test
    void nothingOfItIsTakenForAnIncludeOrCutOut() {
        String guide = shared.get(GuideRoutes.GUIDE).body();

        assertThat(guide).doesNotContain("include::", "{service}").doesNotContainPattern(CUT_OUT);
    }

    @Test
    void neo4jBrowserMayReadItFromWhereverItIsServed() {
        for (String path : List.of(GuideRoutes.GUIDE, GuideRoutes.STYLE)) {
            Answer asked = shared.send(
                    "OPTIONS",
                    path,
                    BodyPublishers.noBody(),
                    "Access-Control-Request-Method",
                    "GET",
                    "Access-Control-Request-Headers",
                    "cache-control,pragma");

            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("*");
            for (Answer answer : List.of(asked, shared.get(path))) {
                assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
                assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
            }
        }
    }

    @Test
    void theRestOfTheServiceStaysClosedToOtherOrigins() {
        for (String path : List.of("/", "/v1/action_plans", "/docs", "/openapi.json")) {
            assertThat(shared.get(path, "Accept", "application/json").headers().map())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    private static List<String> runnable(RunningService service) {
        return RUNNABLE.matcher(service.get(GuideRoutes.GUIDE).body())
                .results()
                .map(found -> found.group(1)
                        .strip()
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .filter(text -> !text.startsWith(":style "))
                .toList();
    }
}
