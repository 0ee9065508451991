package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import interlock.web.RunningService;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The list of plans. Each test makes plans whose names nobody else uses, since others leave theirs behind. */
class PlansTest extends PageFixture {
    private static final int PAGE = 50;

    private final String name = "listed " + UUID.randomUUID();

    PlansTest(Chromium chromium, RunningService service) {
        super(chromium, service);
    }

    private UUID plan(String plan, int actions) {
        var document = new StringBuilder("{\"name\": \"%s\", \"actions\": [".formatted(plan));
        for (int action = 0; action < actions; action++) {
            document.append(action == 0 ? "" : ",")
                    .append("{\"id\": \"a%d\", \"action_type\": \"nop\"}".formatted(action));
        }
        return service.create(document.append("]}").toString());
    }

    private Locator rows() {
        return visitor.see("table.plans tbody tr");
    }

    private void search() {
        visitor.see("input[type=search]").fill(name);
        visitor.see("input[type=search]").press("Enter");
    }

    @Test
    void plansAreSearchedFilteredAndSorted() {
        service.run(plan(name + " b", 1));
        plan(name + " a", 3);
        plan(name + " c", 2);
        visitor.open("/");
        search();
        assertThat(rows()).hasCount(3);
        assertThat(rows().first()).containsText(name + " c");
        assertThat(visitor.see("input[type=search]")).isFocused();

        visitor.button("Plan").click();
        assertThat(rows().first()).containsText(name + " a");
        visitor.page()
                .locator("th button", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Plan"))
                .click();
        assertThat(rows().first()).containsText(name + " c");
        visitor.button("Actions").click();
        assertThat(rows().first()).containsText(name + " a");
        assertThat(visitor.see("th[aria-sort=descending]")).containsText("Actions");

        visitor.see("select[aria-label=State]").selectOption("SUCCEEDED");
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText(name + " b");
        assertThat(rows()).containsText("1 of 1 succeeded");
        assertThat(visitor.see(".progress")).hasAttribute("aria-valuenow", "1");

        visitor.page().reload();
        assertThat(rows()).hasCount(1);
        assertThat(visitor.see("select[aria-label=State]")).hasValue("SUCCEEDED");
        assertThat(visitor.see("input[type=search]")).hasValue(name);

        visitor.see("select[aria-label=State]").selectOption("CANCELLED");
        assertThat(visitor.see(".empty")).hasText("No matching plans.");
    }

    @Test
    void moreThanAPageIsShownOnDemand() {
        for (int plan = 0; plan <= PAGE; plan++) {
            plan(name, 1);
        }
        visitor.open("/?search=" + name.replace(" ", "%20"));
        assertThat(rows()).hasCount(PAGE);

        visitor.button("Show more").click();

        assertThat(rows()).hasCount(PAGE + 1);
        assertThat(visitor.button("Show more")).isHidden();
    }

    @Test
    void namesAreTextHoweverLongTheyAre() {
        String html = "<img src=x onerror=alert(1)> <script>alert(1)</script> " + name;
        plan(html, 1);
        plan("long-".repeat(40) + name, 1);
        visitor.open("/?search=" + name.replace(" ", "%20"));

        assertThat(rows()).hasCount(2);
        assertThat(visitor.see("a.name").nth(1)).hasText(html);
        Assertions.assertThat(visitor.see("main img, main script").count()).isZero();
        visitor.fitsTheScreen();
    }

    @Test
    void thoseWithoutAMouseGetToAPlanAndBack() {
        UUID plan = plan(name, 1);
        visitor.open("/?search=" + name.replace(" ", "%20"));

        visitor.see("a.name").focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page()).hasURL(Pattern.compile(".*#/plans/" + plan));
        assertThat(visitor.see("main")).isFocused();
        visitor.page().goBack();

        assertThat(rows()).hasCount(1);
        visitor.page().keyboard().press("Tab");
        visitor.page().keyboard().press("Tab");
        assertThat(visitor.see("select[aria-label=State]")).isFocused();
    }

    @Test
    void whatChangesIsShownWithoutBeingAskedFor() {
        UUID plan = plan(name, 1);
        visitor.open("/?search=" + name.replace(" ", "%20"));
        assertThat(rows()).containsText("RECOMMENDED");

        service.run(plan);

        assertThat(rows()).containsText("SUCCEEDED");
    }

    @Test
    void aServiceThatIsAwayIsAskedAgainUntilItIsBack() {
        plan(name, 1);
        visitor.open("/?search=" + name.replace(" ", "%20"));
        assertThat(rows()).hasCount(1);

        visitor.page().route("**/v1/**", route -> route.abort());
        assertThat(visitor.see("#connection")).hasText("The service is unreachable.");
        visitor.see("select[aria-label=State]").selectOption("RECOMMENDED");
        assertThat(visitor.see("main h1")).hasText("Service unreachable");
        visitor.page().unroute("**/v1/**");

        assertThat(rows()).hasCount(1);
        assertThat(visitor.see("#connection")).hasText("");
        Assertions.assertThat(visitor.complaints())
                .isNotEmpty()
                .allMatch(told -> told.contains("Failed to load resource"));
    }

    @Test
    void whoeverLooksForAPlanThatIsNotThereIsToldSoAndFindsBack() {
        visitor.open("/plans/00000000-0000-4000-8000-000000000000");
        assertThat(visitor.see("main h1")).hasText("Plan not found");
        assertThat(visitor.see("main [role=alert]")).containsText("00000000-0000-4000-8000-000000000000");

        visitor.see("main a").click();

        assertThat(visitor.see("main h1")).hasText("Action plans");
        Assertions.assertThat(visitor.complaints()).allMatch(told -> told.contains("404"));
    }
}
