package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import interlock.web.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody can use the page, on wide screens and on phones, light and dark: axe-core finds nothing that is wrong. */
@ExtendWith({Chromium.Installed.class, RunningService.Shared.class})
class PageAccessibilityTest {
    /** Something of each state, and something that goes on. */
    private static final String PLAN = """
            {"name": "for everybody", "on_failure": "continue", "actions": [
              {"id": "check", "action_type": "nop"},
              {"id": "move", "action_type": "fail", "input_parameters": {"permanent": true}, "parents": ["check"],
               "alternatives": [{"name": "cold", "actions": [{"id": "move cold", "action_type": "nop"}]},
                                {"name": "later", "actions": [{"id": "move later", "action_type": "nop"}]}]},
              {"id": "lost", "action_type": "fail", "input_parameters": {"permanent": true}},
              {"id": "cancelled", "action_type": "nop", "parents": ["lost"]},
              {"id": "wait", "action_type": "sleep", "input_parameters": {"duration": 600}, "parents": ["move"]},
              {"id": "skipped", "action_type": "nop", "parents": ["wait"]},
              {"id": "report", "action_type": "nop", "parents": ["wait"]}]}""";

    /** axe-core itself: what its wrapper for Java does with it takes ten times as long. */
    private static final String AXE = "/axe.min.js";

    private static final String VIOLATIONS = """
            () => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, impact, nodes }) =>
              nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`)))""";

    private final Chromium chromium;
    private final RunningService service;
    private final String axe;

    PageAccessibilityTest(Chromium chromium, RunningService service) throws IOException {
        this.chromium = chromium;
        this.service = service;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(AXE), AXE)) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfThePageKeepsAnybodyOut(Screen screen) {
        String plan = service.create(PLAN).toString();
        Map<String, String> actions = uuids(plan);
        service.post("/v1/actions/%s/skip".formatted(actions.get("skipped")), "{\"reason\": \"not needed\"}");
        service.post("/v1/action_plans/%s/start".formatted(plan), "");
        try (var visitor = new Visitor(chromium, service.uri(), screen)) {
            visitor.open("/");
            check(visitor, "list");
            visitor.openGraph(plan);
            assertThat(visitor.see(".counts")).containsText("1 CANCELLED");
            assertThat(visitor.see(".counts")).containsText("1 ONGOING");
            visitor.see(".legend summary").click();
            check(visitor, "graph");
            visitor.open("/plans/%s?view=timeline".formatted(plan));
            visitor.see(".timeline .running").waitFor();
            check(visitor, "timeline");
            visitor.open("/plans/%s?view=table".formatted(plan));
            check(visitor, "table");
            visitor.button("Cancel").click();
            check(visitor, "dialog");
            visitor.button("Back").click();
            for (String action : List.of("move", "report")) {
                visitor.open("/plans/%s?action=%s".formatted(plan, actions.get(action)));
                visitor.button("Copy as Cypher").waitFor();
                check(visitor, "drawer-of-" + action);
            }
            Assertions.assertThat(visitor.complaints()).isEmpty();
            visitor.open("/plans/" + actions.get("move"));
            check(visitor, "no-such-plan");
        }
        service.post("/v1/action_plans/%s/cancel".formatted(plan), "");
    }

    private Map<String, String> uuids(String plan) {
        var uuids = new HashMap<String, String>();
        service.get("/v1/actions?action_plan_uuid=" + plan)
                .json()
                .path("actions")
                .forEach(action -> uuids.put(
                        action.path("id").asText(), action.path("uuid").asText()));
        return uuids;
    }

    private void check(Visitor visitor, String what) {
        visitor.fitsTheScreen();
        visitor.page().evaluate(axe);
        Assertions.assertThat(visitor.page().evaluate(VIOLATIONS)).as(what).isEqualTo(List.of());
    }
}
