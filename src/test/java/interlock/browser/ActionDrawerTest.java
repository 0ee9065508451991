package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import interlock.web.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** One action in detail. */
class ActionDrawerTest extends PlanPageFixture {
    ActionDrawerTest(Chromium chromium, RunningService service) {
        super(chromium, service);
    }

    @Test
    void anActionIsSkippedByWhoeverAgreesTo() {
        UUID plan = service.create(LONG);
        visitor.open("/plans/" + plan + "?view=table");
        visitor.row("tell").getByRole(AriaRole.BUTTON).click();

        visitor.button("Skip").click();
        visitor.button("Back").click();
        assertThat(visitor.row("tell")).containsText("PENDING");
        visitor.button("Skip").click();
        agree("Skip it");

        assertThat(visitor.row("tell")).containsText("SKIPPED");
        assertThat(visitor.drawer()).containsText("SKIPPED");
        assertThat(visitor.button("Skip")).hasCount(0);
    }

    @Test
    void theDrawerTellsAllOfAnAction() {
        UUID plan = service.create(TRIED_TWICE);
        visitor.open("/plans/" + plan + "?view=table");
        visitor.button("report").click();
        assertThat(visitor.drawer().locator("h3").first()).hasText("Why it is waiting");
        assertThat(visitor.drawer()).containsText("Depends on");
        service.run(plan);
        assertThat(state()).containsText("SUCCEEDED");
        assertThat(visitor.see(".drawer > .state")).containsText("SUCCEEDED"); // else it is about to be drawn anew

        visitor.drawer().getByText(MOVE).first().click();

        assertThat(visitor.drawer().locator("h2")).hasText(MOVE);
        assertThat(visitor.drawer().locator("h2")).isFocused();
        assertThat(visitor.drawer().locator("ol li")).hasCount(2);
        assertThat(visitor.drawer().locator("ol li").first()).containsText("no route");
        assertThat(visitor.drawer().locator("ol li").last()).containsText("SUCCEEDED");
        assertThat(visitor.drawer().locator("pre").first()).containsText("\"message\": \"no route\"");
        assertThat(visitor.drawer()).containsText("2 of 2");
        assertThat(visitor.drawer()).containsText("Blocks");
        Assertions.assertThat(visitor.drawer().locator("b").count())
                .as("nothing is read as HTML")
                .isZero();

        visitor.button("Copy as Cypher").click();
        assertThat(visitor.button("Copied")).isVisible();
        var copied = String.valueOf(visitor.page().evaluate("navigator.clipboard.readText()"));
        Assertions.assertThat(service.query(copied, Map.of())).as(copied).isNotEmpty();
        assertThat(visitor.drawer().locator("a.button"))
                .hasAttribute(
                        "href", Pattern.compile("http://localhost:\\d+/browser/\\?(dbms=.*&)?cmd=edit&arg=MATCH.*"));
    }

    @Test
    void theDrawerTellsOfWhatWasChosenLastWhoeverAnswersLast() {
        visitor.open("/plans/" + service.create(TRIED_TWICE) + "?view=table");
        String slow = "**/v1/actions/" + visitor.button("check").getAttribute("data-action");
        List<Route> later = new ArrayList<>();
        visitor.page().route(slow, later::add);
        visitor.button("check").click();
        visitor.page().waitForCondition(() -> !later.isEmpty());
        visitor.button("report").click();
        assertThat(visitor.drawer()).containsText("If it failed");

        visitor.page().waitForResponse(slow, () -> later.forEach(Route::resume)).finished();
        visitor.page().evaluate("new Promise(requestAnimationFrame)");

        assertThat(visitor.drawer().locator("h2")).hasText("report");
    }

    @Test
    void theFocusGoesBackToWhereTheDrawerWasOpenedFrom() {
        visitor.open("/plans/" + service.create(TRIED_TWICE) + "?view=table");
        visitor.button("report").focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.drawer().locator("h2")).isFocused();

        visitor.page().keyboard().press("Escape");

        assertThat(visitor.drawer()).isHidden();
        assertThat(visitor.button("report")).isFocused();
    }

    @Test
    void theFocusStaysInTheDrawerWhenWhatWasAskedForIsDoneAlready() {
        visitor.open("/plans/" + service.create(LONG) + "?view=table");
        visitor.button("tell").click();
        String tell = visitor.button("tell").getAttribute("data-action");

        visitor.button("Skip").click();
        service.post("/v1/actions/%s/skip".formatted(tell), "{}");
        assertThat(visitor.drawer()).containsText("SKIPPED");
        visitor.page().keyboard().press("Escape");

        assertThat(visitor.drawer().locator("h2")).isFocused();
    }
}
