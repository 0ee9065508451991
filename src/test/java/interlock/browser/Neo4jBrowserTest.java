package interlock.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import interlock.web.RunningService;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A newcomer in Neo4j Browser plays the guide, and sees a plan. */
@ExtendWith({Chromium.Installed.class, RunningService.Shared.class})
class Neo4jBrowserTest {
    /** Only a broken build takes this long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PLAN = """
            {"name": "seen in Neo4j Browser", "actions": [
              {"id": "disable h1", "action_type": "nop"},
              {"id": "move web-1", "action_type": "nop", "parents": ["disable h1"]},
              {"id": "move db-1", "action_type": "fail", "input_parameters": {"permanent": true}, "parents": ["disable h1"],
               "alternatives": [{"name": "cold", "actions": [{"id": "move db-1 cold", "action_type": "nop"}]}]},
              {"id": "power off h1", "action_type": "nop", "parents": ["move web-1", "move db-1"]}]}""";

    private final RunningService service;
    private final Page page;

    Neo4jBrowserTest(Chromium chromium, RunningService service) {
        this.service = service;
        this.page = chromium.page(1400, 1000);
        page.setDefaultTimeout(PATIENCE.toMillis());
    }

    @BeforeEach
    void aPlanThatIsOverAndNeo4jBrowserConnected() {
        service.run(service.create(PLAN));
        page.navigate(service.neo4jBrowser().toString());
        page.getByTestId("password").fill(service.neo4jPassword());
        page.getByTestId("connect").click();
        // which it opens with, once a connection stands
        page.getByTestId("frameCommand")
                .filter(new Locator.FilterOptions().setHasText(":play start"))
                .waitFor();
    }

    @Test
    void theFirstQueryOfTheGuideShowsThePlanWithCaptionsAndColoursByState() {
        // by the name that Neo4j Browser plays guides of before it has heard of others
        type(":play http://localhost:%d/guides/interlock.adoc"
                .formatted(service.uri().getPort()));
        run(":style");
        run("MATCH");

        // the style sheet may come after the nodes
        page.waitForCondition(() -> Set.copyOf(nodes().values()).size() > 1);
        Map<String, String> nodes = nodes();

        assertThat(nodes)
                .containsOnlyKeys("disable h1", "move web-1", "move db-1", "cold", "move db-1 cold", "power off h1");
        assertThat(nodes.get("power off h1")).isEqualTo(nodes.get("move web-1"));
        assertThat(Set.of(nodes.get("move web-1"), nodes.get("move db-1"), nodes.get("cold")))
                .as("succeeded, failed, a path")
                .hasSize(3);
    }

    @Test
    void nodesBearTheirNamesWithoutAStyleSheet() {
        type("MATCH p = (plan:ActionPlan {name: 'seen in Neo4j Browser'})-[:CONTAINS]->(:Action {id: 'move web-1'})"
                + "-[:ATTEMPTED]->(attempt) MATCH (applier:Applier {id: attempt.applier}) RETURN p, applier LIMIT 1");

        assertThat(nodes()).hasSize(4).containsKeys("move web-1", "attempt 1");
    }

    /** Clicks the arrow of what the guide's first page says to run. */
    private void run(String beginning) {
        page.locator("pre.runnable")
                .filter(new Locator.FilterOptions().setHasText(beginning))
                .first()
                .locator("i")
                .click();
    }

    private void type(String command) {
        page.locator(".monaco-editor").first().click();
        page.keyboard().insertText(command);
        page.getByTestId("editor-Run").click();
    }

    /** {@return the colours of the nodes that are shown, by what is written on them} */
    private Map<String, String> nodes() {
        Locator nodes = page.locator("#svg-vis g.node");
        nodes.first().waitFor();
        var captions = new TreeMap<String, String>();
        for (Locator node : nodes.all()) {
            captions.put(
                    String.join(" ", node.locator("text.caption").allTextContents())
                            .replaceAll("\\s+", " ")
                            .strip(),
                    node.locator("circle.b-outline").getAttribute("fill"));
        }
        return captions;
    }
}
