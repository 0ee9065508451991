package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import interlock.web.RunningService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Plans of many actions are drawn soon, and moved smoothly; of very many, groups are drawn. */
class LargePlanTest extends PageFixture {
    private static final int LAYER = 250;

    private static final int STEPS = 30;

    private static final String FRAMES = """
            () => {
              window.frames_ = [];
              const note = time => { window.frames_.push(time); window.noting = requestAnimationFrame(note); };
              window.noting = requestAnimationFrame(note);
            }""";

    LargePlanTest(Chromium chromium, RunningService service) {
        super(chromium, service);
    }

    @Test
    void tenThousandActionsAreDrawnSoonAndMovedSmoothly() throws Exception {
        UUID plan = service.create(document(10_000));
        visitor.open("/");

        visitor.openGraph(plan);
        double drawn = drawn();
        var figures = new LinkedHashMap<String, Number>();
        figures.put("first_visit_ms", drawn);
        figures.put("of_which_the_service_ms", layoutTime());
        visitor.openGraph(plan);
        figures.put("second_visit_ms", drawn());
        Map<String, Number> whole = pan();
        visitor.shoot("ten-thousand");
        visitor.see(".find").fill("a5000");
        visitor.see(".find").press("Enter");
        assertThat(visitor.drawer().locator("h2")).hasText("a5000");
        visitor.graph().focus();
        Map<String, Number> near = pan();

        Figures.tell("10,000 actions until they are drawn", figures);
        Figures.tell("10,000 actions moved, seen as a whole", whole);
        Figures.tell("10,000 actions moved, seen from near", near);
        Assertions.assertThat(whole.get("median_ms").doubleValue()).isPositive();
        Assertions.assertThat(near.get("median_ms").doubleValue()).isPositive();
    }

    @Test
    void ofAHundredThousandActionsGroupsAreDrawn() throws Exception {
        UUID plan = service.create(document(3));
        String layout = layout(100_000);
        visitor.page()
                .route(
                        "**/layout",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(layout)));

        visitor.openGraph(plan);
        double drawn = drawn();
        Figures.tell("100,000 actions until their groups are drawn", Map.of("since_the_visit_ms", drawn));
        Figures.tell("100,000 actions moved", pan());
        visitor.shoot("hundred-thousand");

        visitor.see(".legend summary").click();
        assertThat(visitor.see(".legend")).containsText("A stack stands for many actions");
        visitor.see(".legend summary").click();
        visitor.button("Fit").click();
        pressAGroup();
        assertThat(visitor.drawer().locator("h2")).hasText(Pattern.compile("[\\d,]+ × (nop|sleep)"));
        int grouped =
                Integer.parseInt(visitor.drawer().locator("h2").textContent().replaceAll(" .*|,", ""));
        visitor.button("Show in the table").click();
        assertThat(visitor.see("table.actions tbody tr")).hasCount(grouped);
        Assertions.assertThat(visitor.place()).contains("view=table", "layers=", "type=");
        visitor.button("Show all").click();
        assertThat(visitor.see(".pager")).containsText("1 to 200 of 100000");
        visitor.button("Next").click();
        assertThat(visitor.see(".pager")).containsText("201 to");
    }

    /** Looks for one with the mouse, from the middle on. */
    private void pressAGroup() {
        for (int down = -300; down <= 300; down += 12) {
            visitor.point(down / 3.0, down);
            if (visitor.pointedAt().contains("×")) {
                visitor.press(down / 3.0, down);
                return;
            }
        }
        throw new AssertionError("there is no group in the middle of the drawing");
    }

    /** {@return how long it took from the visit to the first drawing, by what the page itself notes} */
    private double drawn() {
        return ((Number) visitor.page().evaluate("performance.getEntriesByName('interlock:drawn')[0].duration"))
                .doubleValue();
    }

    /** {@return how long the service took for the places of the actions} */
    private double layoutTime() {
        return ((Number)
                        visitor.page()
                                .evaluate(
                                        "performance.getEntriesByType('resource').find(it => it.name.endsWith('/layout')).duration"))
                .doubleValue();
    }

    /** {@return how long its pictures took while the drawing was dragged to and fro} */
    private Map<String, Number> pan() {
        visitor.point(0, 0);
        visitor.page().mouse().down();
        visitor.page().evaluate(FRAMES);
        for (int step = 0; step < STEPS; step++) {
            visitor.point(200 * Math.sin(step / 8.0), 80 * Math.sin(step / 5.0));
        }
        visitor.page().evaluate("cancelAnimationFrame(window.noting)");
        visitor.page().mouse().up();
        @SuppressWarnings("unchecked")
        var gaps = (List<Number>)
                visitor.page().evaluate("window.frames_.slice(1).map((time, at) => time - window.frames_[at])");
        var figures = new LinkedHashMap<String, Number>();
        figures.put("frames", gaps.size());
        figures.put("median_ms", Figures.quantile(gaps, 0.5));
        figures.put("p95_ms", Figures.quantile(gaps, 0.95));
        figures.put("longest_ms", Figures.quantile(gaps, 1));
        return figures;
    }

    private static String type(int action) {
        return action % 3 == 0 ? "sleep" : "nop";
    }

    /** {@return the places of the parents: three in the layer before} */
    private static int[] parents(int action) {
        int layer = action / LAYER;
        int[] parents = new int[layer == 0 ? 0 : 3];
        for (int parent = 0; parent < parents.length; parent++) {
            parents[parent] = (layer - 1) * LAYER + (action * 7 + parent * 31) % LAYER;
        }
        return parents;
    }

    private static String document(int count) {
        StringJoiner actions = new StringJoiner(",");
        for (int action = 0; action < count; action++) {
            StringJoiner parents = new StringJoiner(",");
            for (int parent : parents(action)) {
                parents.add("\"a%d\"".formatted(parent));
            }
            actions.add("{\"id\": \"a%d\", \"action_type\": \"%s\", \"input_parameters\": %s, \"parents\": [%s]}"
                    .formatted(
                            action, type(action), type(action).equals("sleep") ? "{\"duration\": 0}" : "{}", parents));
        }
        return "{\"name\": \"%d actions\", \"actions\": [%s]}".formatted(count, actions);
    }

    /** {@return what the service would answer of a stored plan of so many actions, which would take long to store} */
    private static String layout(int count) {
        StringJoiner nodes = new StringJoiner(",");
        StringJoiner edges = new StringJoiner(",");
        for (int action = 0; action < count; action++) {
            nodes.add("""
                    {"uuid":"00000000-0000-4000-8000-%012d","id":"a%d","action_type":"%s","state":"%s","attempt":0,"layer":%d,"x":%d,"y":%d}""".formatted(
                            action,
                            action,
                            type(action),
                            state(action, count),
                            action / LAYER,
                            action / LAYER,
                            action % LAYER));
            for (int parent : parents(action)) {
                edges.add(parent + "," + action);
            }
        }
        return "{\"nodes\":[%s],\"edges\":{\"depends_on\":[%s]},\"bends\":[],\"paths\":[],\"revision\":0}"
                .formatted(nodes, edges);
    }

    /** It is half way through. */
    private static String state(int action, int count) {
        if (action < count / 2) {
            return action % 997 == 0 ? "FAILED" : "SUCCEEDED";
        }
        return action < count / 2 + LAYER ? "ONGOING" : "PENDING";
    }
}
