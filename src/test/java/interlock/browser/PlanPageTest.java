package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import interlock.web.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A plan's head, its timeline and its table. */
class PlanPageTest extends PlanPageFixture {
    PlanPageTest(Chromium chromium, RunningService service) {
        super(chromium, service);
    }

    @Test
    void aPlanIsStartedPausedResumedCancelledAndRetried() {
        UUID plan = service.create(LONG);
        visitor.open("/plans/" + plan + "?view=table");
        assertThat(state()).containsText("RECOMMENDED");

        visitor.button("Start").click();
        assertThat(visitor.row("wait")).containsText("ONGOING");
        assertThat(visitor.button("Pause")).isFocused();
        assertThat(visitor.see(".title .soft"))
                .hasText(Pattern.compile(
                        "0 of 3 succeeded, 1 running, \\d+ (ms|s), ends at .*, about (9 min.*|10 min.*) to go"));
        visitor.button("Pause").click();
        assertThat(state()).containsText("ONGOING (paused)");
        visitor.button("Resume").click();
        assertThat(state()).hasText(Pattern.compile("ONGOING$"));

        visitor.button("Cancel").click();
        assertThat(visitor.button("Back")).isFocused();
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.see("dialog")).hasCount(0);
        assertThat(visitor.button("Cancel")).isFocused();
        Assertions.assertThat(service.plan(plan).path("state").asText()).isEqualTo("ONGOING");
        visitor.button("Cancel").click();
        agree("Cancel the plan");
        assertThat(state()).containsText("CANCELLED");
        assertThat(visitor.see(".title .soft")).containsText("took");

        visitor.button("Retry").click();
        agree("Retry the plan");
        assertThat(visitor.row("wait")).containsText("ONGOING");
        visitor.button("Cancel").click();
        agree("Cancel the plan");
        assertThat(state()).containsText("CANCELLED");
    }

    @Test
    void theTableTellsWhatTheGraphDoes() {
        UUID plan = service.create(TRIED_TWICE);
        service.run(plan);
        visitor.open("/plans/" + plan + "?view=table");

        assertThat(visitor.see("table.actions tbody tr")).hasCount(4);
        assertThat(visitor.row(MOVE)).containsText("SUCCEEDED");
        assertThat(visitor.row(MOVE).locator("td").nth(3)).hasText("check");
        assertThat(visitor.row(MOVE).locator("td").last()).hasText("2");
        assertThat(visitor.row("move cold").locator("td").nth(3)).hasText("instead of " + MOVE);
        assertThat(visitor.row("report").locator("td").nth(3)).containsText(MOVE);

        visitor.see(".counts button")
                .filter(new Locator.FilterOptions().setHasText("STANDBY"))
                .click();
        assertThat(visitor.see("table.actions tbody tr")).hasCount(1);
        visitor.page().reload();
        assertThat(visitor.see("table.actions tbody tr")).hasCount(1);
    }

    @Test
    void theTimelineShowsAttemptsOverTheForecast() {
        UUID plan = service.create(TRIED_TWICE);
        service.run(plan);
        visitor.open("/plans/" + plan);
        visitor.button("Timeline").click();

        Locator move = visitor.see(".timeline .row").filter(new Locator.FilterOptions().setHasText(MOVE));
        assertThat(move.locator(".ran")).hasCount(2);
        assertThat(move.locator(".ran").first()).hasAttribute("title", Pattern.compile("attempt 1: FAILED, .*"));
        assertThat(move.locator(".ghost")).hasCount(1);
        assertThat(visitor.see(".timeline .lines .bound")).hasCount(1);
        assertThat(visitor.see(".timeline .key")).containsText("lower bound");
        assertThat(move.locator(".hidden"))
                .hasText(Pattern.compile("SUCCEEDED, started .* after the plan, 2 attempts"));
        visitor.page().reload();
        assertThat(visitor.see(".timeline .row")).hasCount(5);

        visitor.see("select[aria-label=Type]").selectOption("fail");
        assertThat(visitor.see(".timeline .row")).hasCount(2);
        move.locator("button").click();
        assertThat(visitor.drawer().locator("h2")).hasText(MOVE);
    }

    @Test
    void whatRunsGrowsInTheTimeline() {
        UUID plan = service.create(LONG);
        service.start(plan);
        visitor.open("/plans/" + plan + "?view=timeline");

        assertThat(visitor.see(".timeline .running")).hasCount(1);
        assertThat(visitor.see(".timeline .lines .now")).hasCount(1);
        String before = String.valueOf(visitor.see(".timeline .running").getAttribute("title"));
        assertThat(visitor.see(".timeline .running")).not().hasAttribute("title", before);

        visitor.button("Cancel").click();
        agree("Cancel the plan");
        assertThat(visitor.see(".timeline .running")).hasCount(0);
    }

    @Test
    void updatesCanBeHeldAndAreThenMadeUpFor() {
        UUID plan = service.create(TRIED_TWICE);
        visitor.open("/plans/" + plan + "?view=table");
        assertThat(visitor.see("#connection")).hasText("● live");

        visitor.button("Live").click();
        assertThat(visitor.see("#connection")).containsText("paused");
        service.run(plan);
        assertThat(visitor.row("report")).containsText("PENDING");
        assertThat(visitor.button("Live")).hasAttribute("aria-pressed", "false");
        visitor.button("Live").click();

        assertThat(visitor.row("report")).containsText("SUCCEEDED");
        assertThat(visitor.see("#connection")).hasText("● live");
    }

    @Test
    void whatEndsBetweenTwoAnswersIsSeenToHaveEnded() {
        UUID plan = openRunning();
        List<Route> later = new ArrayList<>();
        visitor.page().route("**/layout", later::add);
        visitor.page().route("**/v1/action_plans/" + plan, route -> {
            APIResponse before = route.fetch();
            visitor.page().unroute("**/v1/action_plans/" + plan);
            cancel(plan);
            route.fulfill(new Route.FulfillOptions().setResponse(before));
        });

        visitor.button("Pause").click();
        visitor.page()
                .waitForCondition(() -> !later.isEmpty()
                        && !service.plan(plan).path("finished_at").isNull());
        later.forEach(Route::resume);

        assertThat(state()).containsText("CANCELLED");
        assertThat(visitor.row("wait")).containsText("CANCELLED");
        assertThat(visitor.see(".title .soft")).containsText("took");
    }

    @Test
    void whatIsOlderThanWhatIsSeenIsNotShown() {
        UUID plan = openRunning();
        List<Runnable> later = new ArrayList<>();
        visitor.page().route("**/v1/action_plans/" + plan, route -> {
            APIResponse paused = route.fetch();
            later.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(paused)));
        });
        visitor.button("Pause").click();
        assertThat(state()).containsText("(paused)");
        visitor.page().waitForCondition(() -> !later.isEmpty());
        service.post("/v1/action_plans/%s/resume".formatted(plan), "");
        assertThat(visitor.button("Pause")).isVisible();

        List<Route> changes = new ArrayList<>(); // what has changed since does not come yet
        visitor.page().route("**/events?since=*", changes::add);
        later.forEach(Runnable::run);
        visitor.page().waitForCondition(() -> !changes.isEmpty());

        assertThat(state()).hasText(Pattern.compile("ONGOING$"));
        changes.forEach(Route::resume);
        cancel(plan);
    }

    @Test
    void theFocusGoesBackToAButtonThoughItWasDrawnAnewMeanwhile() {
        UUID plan = openRunning();

        visitor.button("Cancel").click();
        service.post("/v1/action_plans/%s/pause".formatted(plan), "");
        assertThat(state()).containsText("(paused)");
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.button("Cancel")).isFocused();

        service.post("/v1/action_plans/%s/resume".formatted(plan), "");
        assertThat(visitor.button("Pause")).isVisible();
        assertThat(visitor.button("Cancel")).isFocused();

        visitor.button("Cancel").click();
        cancel(plan);
        assertThat(state()).containsText("CANCELLED");
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.see("h1")).isFocused();
    }

    @Test
    void aPlanThatSomebodyElseTriesAgainRunsAgain() {
        UUID plan = service.create(LONG);
        service.start(plan);
        awaitStarted(plan);
        cancel(plan);
        visitor.open("/plans/" + plan + "?view=table");
        assertThat(state()).containsText("CANCELLED");
        assertThat(visitor.see("#connection")).hasText("● live");

        service.post("/v1/action_plans/%s/retry".formatted(plan), "");

        assertThat(visitor.row("wait")).containsText("ONGOING");
        assertThat(visitor.see(".title .soft")).containsText("to go");
        cancel(plan);
    }

    @Test
    void anAddressLeadsBackToAllThatWasSeen() {
        UUID plan = service.create(TRIED_TWICE);
        service.run(plan);
        visitor.openGraph(plan);
        visitor.button("Table").click();
        visitor.see("select[aria-label=Type]").selectOption("nop");
        visitor.button("report").click();
        assertThat(visitor.drawer().locator("h2")).hasText("report");
        String place = visitor.place();

        visitor.open("/");
        visitor.open(place);

        assertThat(visitor.button("Table")).hasAttribute("aria-pressed", "true");
        assertThat(visitor.see("table.actions tbody tr")).hasCount(3);
        assertThat(visitor.drawer().locator("h2")).hasText("report");
        assertThat(visitor.page()).hasTitle("tried twice · Interlock");
    }

    @Test
    void aPlanThatHasNoActionsIsShownAsSuch() {
        UUID plan = service.create(LONG);
        visitor.page()
                .route(
                        "**/layout",
                        route -> route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("application/json")
                                        .setBody(
                                                "{\"nodes\": [], \"edges\": {}, \"bends\": [], \"paths\": [], \"revision\": 0}")));
        visitor.open("/plans/" + plan);
        visitor.graph().focus();
        visitor.page().keyboard().press("Enter");
        visitor.button("Fit").click();
        visitor.button("Table").click();

        assertThat(visitor.see(".pager")).hasText("No matching actions.");
    }
}
