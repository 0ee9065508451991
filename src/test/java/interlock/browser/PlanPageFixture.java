package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import interlock.web.RunningService;
import java.util.UUID;

/** A running service, and a visitor of the pages of its plans. */
abstract class PlanPageFixture extends PageFixture {
    /** Its first action runs until it is told not to. */
    static final String LONG = """
            {"name": "long", "actions": [
              {"id": "wait", "action_type": "sleep", "input_parameters": {"duration": 600}, "estimated_duration": "10m"},
              {"id": "tell", "action_type": "nop", "parents": ["wait"]},
              {"id": "end", "action_type": "nop", "parents": ["tell"]}]}""";

    static final String TRIED_TWICE = """
            {"name": "tried twice", "actions": [
              {"id": "check", "action_type": "nop"},
              {"id": "<b>move</b> & see", "action_type": "fail", "input_parameters": {"times": 1, "message": "no route"},
               "parents": ["check"], "retry": {"max_attempts": 2, "initial_backoff": "100ms"},
               "alternatives": [{"name": "cold", "actions": [{"id": "move cold", "action_type": "nop"}]}]},
              {"id": "report", "action_type": "nop", "parents": ["<b>move</b> & see"]}]}""";

    static final String MOVE = "<b>move</b> & see";

    PlanPageFixture(Chromium chromium, RunningService service) {
        super(chromium, service);
    }

    Locator state() {
        return visitor.see(".title .state");
    }

    void agree(String label) {
        visitor.see("dialog")
                .getByText(label, new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(visitor.see("dialog")).hasCount(0);
    }

    /** {@return a plan that is seen to run, in a table} */
    UUID openRunning() {
        UUID plan = service.create(LONG);
        service.start(plan);
        awaitStarted(plan);
        visitor.open("/plans/" + plan + "?view=table");
        assertThat(visitor.row("wait")).containsText("ONGOING");
        return plan;
    }

    void awaitStarted(UUID plan) {
        await().atMost(RunningService.PATIENCE).until(() -> service.plan(plan).hasNonNull("started_at"));
    }

    void cancel(UUID plan) {
        service.post("/v1/action_plans/%s/cancel".formatted(plan), "");
        service.awaitEnd(plan);
    }
}
