package interlock.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Somebody who looks at the page. Notes what a browser complains of, and whom else the page asks for something. */
final class Visitor implements AutoCloseable {
    /** Only a broken build takes this long. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Where what was seen is left to be looked at. */
    static final Path FOLDER = Path.of("target", "browser");

    /** The colours that appear in the graph, approximately, because the edges of lines are blended. */
    private static final String COLOURS = """
            names => {
              const canvas = document.querySelector('canvas.graph');
              if (!canvas?.width) return [];
              const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
              copy.drawImage(canvas, 0, 0);
              const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
              const style = getComputedStyle(document.documentElement);
              return names.filter(name => {
                const colour = parseInt(style.getPropertyValue('--' + name).trim().slice(1), 16);
                const [red, green, blue] = [colour >> 16, colour >> 8 & 255, colour & 255];
                for (let at = 0; at < data.length; at += 4) {
                  if (data[at + 3] > 240 && Math.abs(data[at] - red) < 11 && Math.abs(data[at + 1] - green) < 11
                      && Math.abs(data[at + 2] - blue) < 11) return true;
                }
                return false;
              });
            }""";

    private final Page page;
    private final URI service;
    private final Screen screen;
    private final List<String> complaints = new ArrayList<>();

    Visitor(Chromium chromium, URI service, Screen screen) {
        this.service = service;
        this.screen = screen;
        page = chromium.page(screen);
        page.setDefaultTimeout(PATIENCE.toMillis());
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("thrown: " + error));
        page.onRequest(request -> {
            URI asked = URI.create(request.url());
            if (!"data".equals(asked.getScheme()) && !service.getAuthority().equals(asked.getAuthority())) {
                complaints.add("asked another host: " + asked);
            }
        });
    }

    Page page() {
        return page;
    }

    /** {@return what browsers complained of since this was asked last} */
    List<String> complaints() {
        var told = List.copyOf(complaints);
        complaints.clear();
        return told;
    }

    /** Loads the page at a place such as {@code /plans/UUID?view=table}. */
    Visitor open(String place) {
        page.navigate("about:blank");
        page.navigate(service.resolve("/") + "#" + place);
        page.locator("main:not([inert]) h1")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return this;
    }

    /** Opens a plan's graph, and waits until it is drawn. */
    Visitor openGraph(Object plan) {
        open("/plans/" + plan);
        awaitDrawing();
        return this;
    }

    void awaitDrawing() {
        page.waitForFunction("performance.getEntriesByName('interlock:drawn').length > 0");
    }

    /** Presses where {@link #point} moves to. */
    void press(double right, double down) {
        point(right, down);
        page.mouse().down();
        page.mouse().up();
    }

    /** {@return what comes after the number sign in the address} */
    String place() {
        return page.url().substring(page.url().indexOf('#') + 1);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    Locator see(String css) {
        return page.locator(css);
    }

    Locator graph() {
        return page.locator("canvas.graph");
    }

    Locator drawer() {
        return page.locator(".drawer");
    }

    /** {@return the line of the table that tells of an action} */
    Locator row(String action) {
        return page.locator("table.actions tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.BUTTON,
                                new GetByRoleOptions().setName(action).setExact(true))));
    }

    /** Moves the mouse to the middle of the graph, and some way from there. */
    void point(double right, double down) {
        var box = graph().boundingBox();
        page.mouse().move(box.x + box.width / 2 + right, box.y + box.height / 2 + down);
    }

    /** {@return what the graph says of what is under the mouse} */
    String pointedAt() {
        return String.valueOf(graph().getAttribute("title"));
    }

    /** Waits until these of the page's colours are to be seen in the graph, and the others are not. */
    void awaitColours(Set<String> seen, Set<String> unseen) {
        var asked = new TreeSet<>(seen);
        asked.addAll(unseen);
        page.waitForFunction(
                "([names, seen]) => JSON.stringify((%s)(names)) === JSON.stringify(seen)".formatted(COLOURS),
                List.of(List.copyOf(asked), List.copyOf(new TreeSet<>(seen))));
    }

    /** Leaves a picture of what is seen. */
    Path shoot(String name) {
        Path picture = FOLDER.resolve("%s-%s.png".formatted(name, screen.slug()));
        page.screenshot(new Page.ScreenshotOptions().setPath(picture));
        return picture;
    }

    /** Nothing of the page may lie beside the screen. */
    void fitsTheScreen() {
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("how much wider than the screen")
                .isEqualTo(0);
    }

    @Override
    public void close() {
        page.close();
    }
}
