package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import interlock.web.RunningService;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The graph of a plan, on its canvas. */
class GraphPageTest extends PageFixture {
    /** Its second action stands in the middle of the drawing. */
    private static final String CHAIN = """
            {"name": "a chain", "actions": [
              {"id": "first", "action_type": "nop"},
              {"id": "second", "action_type": "sleep", "input_parameters": {"duration": 0}, "parents": ["first"]},
              {"id": "third", "action_type": "nop", "parents": ["second"]}]}""";

    private static final String AROUND_A_FAILURE = """
            {"name": "around a failure", "on_failure": "continue", "actions": [
              {"id": "check", "action_type": "nop"},
              {"id": "move", "action_type": "fail", "input_parameters": {"permanent": true}, "parents": ["check"],
               "alternatives": [
                 {"name": "cold", "actions": [{"id": "move cold", "action_type": "nop"}]},
                 {"name": "later", "actions": [{"id": "move later", "action_type": "nop"}]}]},
              {"id": "report", "action_type": "nop", "parents": ["move"]}]}""";

    GraphPageTest(Chromium chromium, RunningService service) {
        super(chromium, service);
    }

    private static Pattern ending(String text) {
        return Pattern.compile("^\\W*" + text.replaceAll("[()]", "\\\\$0") + "$"); // JavaScript has no quoting
    }

    /** {@return whether the second action is there, from what is said of what is under the mouse} */
    private boolean secondIsAt(double right, double down) {
        visitor.point(right, down);
        return visitor.pointedAt().startsWith("second\n");
    }

    @Test
    void actionsAreColouredByTheirStatesWhichAreToldInWordsToo() {
        UUID plan = service.create(CHAIN);
        visitor.openGraph(plan);
        visitor.awaitColours(Set.of("pending"), Set.of("succeeded", "failed", "ongoing"));
        visitor.point(0, 0);
        Assertions.assertThat(visitor.pointedAt()).isEqualTo("second\nPENDING\nsleep");

        service.run(plan);

        visitor.awaitColours(Set.of("succeeded"), Set.of("failed", "ongoing"));
        visitor.point(1, 1);
        Assertions.assertThat(visitor.pointedAt()).isEqualTo("second\nSUCCEEDED\nsleep");
        assertThat(visitor.see(".counts")).hasText("✓ 3 SUCCEEDED");
    }

    @Test
    void alternativePathsStandByUntilOneIsTaken() {
        UUID plan = service.create(AROUND_A_FAILURE);
        visitor.openGraph(plan);
        visitor.awaitColours(Set.of("pending"), Set.of("accent", "failed", "succeeded"));
        assertThat(visitor.see(".counts")).containsText("2 STANDBY");

        service.run(plan);

        // what leads over the path that was taken is drawn in a colour of its own
        visitor.awaitColours(Set.of("accent", "failed", "succeeded"), Set.of("ongoing"));
        assertThat(visitor.see(".counts")).containsText("1 STANDBY");
        visitor.see(".legend summary").click();
        for (String meaning : List.of(
                "depends on",
                "depends on (added by an alternative path)",
                "depended on (before an alternative path)",
                "alternative path, not activated",
                "alternative path, activated",
                "critical path, or the selection",
                "succeeded",
                "standby")) {
            assertThat(visitor.see(".legend li").filter(new Locator.FilterOptions().setHasText(ending(meaning))))
                    .isVisible();
        }
    }

    @Test
    void itIsMovedAndZoomedByMouseButtonsAndKeysAndFittedAgain() {
        visitor.openGraph(service.create(CHAIN));
        Assertions.assertThat(secondIsAt(0, 0)).isTrue();

        visitor.page().mouse().down();
        visitor.point(150, 100);
        visitor.page().mouse().up();
        Assertions.assertThat(secondIsAt(150, 100)).as("dragged").isTrue();
        Assertions.assertThat(secondIsAt(0, 0)).isFalse();
        Assertions.assertThat(visitor.place())
                .as("whoever drags presses nothing")
                .doesNotContain("action=");

        visitor.button("Fit").click();
        Assertions.assertThat(secondIsAt(0, 0)).isTrue();
        visitor.graph().focus();
        visitor.page().keyboard().press("ArrowLeft");
        visitor.page().keyboard().press("ArrowLeft");
        Assertions.assertThat(secondIsAt(120, 0)).as("moved by keys").isTrue();
        visitor.page().keyboard().press("0");
        Assertions.assertThat(secondIsAt(0, 0)).isTrue();

        visitor.point(0, 0);
        for (int turn = 0; turn < 3; turn++) {
            visitor.page().mouse().wheel(0, -240);
        }
        visitor.page().waitForFunction("!document.querySelector('.minimap').hidden");
        Assertions.assertThat(secondIsAt(180, 0)).as("larger").isTrue();
        visitor.button("Zoom out").click();
        visitor.page().keyboard().press("-");
        visitor.button("Zoom in").click();
        visitor.page().keyboard().press("+");
        visitor.button("Fit").click();
        Assertions.assertThat(secondIsAt(180, 0)).isFalse();
        assertThat(visitor.see(".minimap")).isHidden();
    }

    @Test
    void theMinimapLeadsElsewhere() {
        visitor.openGraph(service.create(CHAIN));
        visitor.graph().focus();
        for (int press = 0; press < 5; press++) {
            visitor.page().keyboard().press("+");
        }
        assertThat(visitor.see(".minimap")).isVisible();
        Assertions.assertThat(secondIsAt(0, 0)).isTrue();

        visitor.see(".minimap").click(new Locator.ClickOptions().setPosition(20, 60));

        visitor.point(0, 0);
        Assertions.assertThat(visitor.pointedAt()).startsWith("first\n");
    }

    @Test
    void whatIsPressedIsShownInTheDrawer() {
        visitor.openGraph(service.create(CHAIN));
        visitor.press(0, 0);

        assertThat(visitor.drawer().locator("h2")).hasText("second");
        visitor.awaitColours(Set.of("focus"), Set.of());
        visitor.press(0, 250);
        assertThat(visitor.drawer()).isHidden();
        Assertions.assertThat(visitor.place()).doesNotContain("action=");
    }

    @Test
    void theCriticalPathIsHighlightedAndHasAnAddress() {
        UUID plan = service.create(CHAIN);
        visitor.openGraph(plan);
        visitor.awaitColours(Set.of(), Set.of("focus"));

        visitor.button("Critical path").click();
        visitor.awaitColours(Set.of("focus"), Set.of());
        visitor.page().reload();
        visitor.awaitColours(Set.of("focus"), Set.of());
        assertThat(visitor.button("Critical path")).hasAttribute("aria-pressed", "true");

        visitor.button("Critical path").click();
        visitor.awaitColours(Set.of(), Set.of("focus"));
    }

    @Test
    void actionsAreFoundOneAfterTheOther() {
        visitor.openGraph(service.create(CHAIN));
        visitor.page().keyboard().press("/");
        assertThat(visitor.see(".find")).isFocused();

        visitor.page().keyboard().type("ir");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.drawer().locator("h2")).hasText("first");
        assertThat(visitor.see(".found")).hasText("1 of 2");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.drawer().locator("h2")).hasText("third");
        assertThat(visitor.see(".find")).isFocused();

        visitor.see(".find").fill("nobody");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.see(".found")).hasText("no such action");
        assertThat(visitor.see(".find")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void actionsOfAStateOrATypeStandOutAndTheAddressSaysSo() {
        UUID plan = service.create(AROUND_A_FAILURE);
        service.run(plan);
        visitor.openGraph(plan);
        visitor.awaitColours(Set.of("succeeded", "failed"), Set.of());

        visitor.see(".counts button")
                .filter(new Locator.FilterOptions().setHasText("FAILED"))
                .click();
        visitor.awaitColours(Set.of("failed"), Set.of("succeeded"));
        Assertions.assertThat(visitor.place()).contains("state=FAILED");
        visitor.button("Show all").click();
        visitor.awaitColours(Set.of("succeeded", "failed"), Set.of());

        visitor.see("select[aria-label=Type]").selectOption("nop");
        visitor.awaitColours(Set.of("succeeded"), Set.of("failed"));
        visitor.page().reload();
        visitor.awaitColours(Set.of("succeeded"), Set.of("failed"));
        assertThat(visitor.see("select[aria-label=Type]")).hasValue("nop");
    }

    @Test
    void keysLeadAlongTheEdgesAndEscapeEndsIt() {
        visitor.openGraph(service.create(CHAIN));
        visitor.graph().focus();

        visitor.page().keyboard().press("Enter");
        assertThat(visitor.drawer().locator("h2")).hasText("first");
        visitor.page().keyboard().press("ArrowRight");
        assertThat(visitor.drawer().locator("h2")).hasText("second");
        assertThat(visitor.drawer().locator("pre").first()).isVisible();
        visitor.page().keyboard().press("ArrowRight");
        assertThat(visitor.drawer().locator("h2")).hasText("third");
        visitor.page().keyboard().press("ArrowLeft");
        assertThat(visitor.drawer().locator("h2")).hasText("second");
        assertThat(visitor.see("main > [role=status]")).hasText("second, PENDING, sleep");
        assertThat(visitor.graph()).isFocused();

        visitor.page().keyboard().press("Escape");
        assertThat(visitor.drawer()).isHidden();
        assertThat(visitor.graph()).isFocused();
    }

    @Test
    void itFollowsTheSchemeOfTheScreen() {
        visitor.openGraph(service.create(CHAIN));
        visitor.awaitColours(Set.of("pending", "panel"), Set.of());

        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        visitor.awaitColours(Set.of("pending", "panel"), Set.of());
        assertThat(visitor.see("body")).hasCSS("background-color", Pattern.compile("rgb\\(17, 22, 29\\)"));
    }
}
