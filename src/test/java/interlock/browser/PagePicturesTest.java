package interlock.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.fault.ServiceProcess;
import interlock.neo4j.Neo4jServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of the page while the example plans are applied to the simulated cloud, in {@code target/browser}. With {@code
 * -Dinterlock.screenshots=docs/images} those that the README shows are made anew.
 */
@ExtendWith(Chromium.Installed.class)
class PagePicturesTest {
    private static final Path EXAMPLES = Path.of("src", "main", "resources", "examples");

    /** Larger ones nobody wants to load with a README. */
    private static final long LARGEST = 200_000;

    private final Chromium chromium;

    @TempDir
    private Path folder;

    PagePicturesTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @Test
    void thePageIsPictured() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(
                        folder.resolve("log"),
                        "--data=" + folder.resolve("data"),
                        "--neo4j-uri=" + Neo4jServer.emptied().uri(),
                        "--simulate");
                var light = new Visitor(chromium, service.uri(), Screen.WIDE_LIGHT);
                var dark = new Visitor(chromium, service.uri(), Screen.WIDE_DARK);
                var phone = new Visitor(chromium, service.uri(), Screen.PHONE_LIGHT);
                var darkPhone = new Visitor(chromium, service.uri(), Screen.PHONE_DARK)) {
            create(service, "empty-pool.yaml");
            create(service, "resize-fleet.yaml");
            run(service, create(service, "drain-rack.yaml"));
            String plan = create(service, "drain-host.yaml");
            for (Visitor visitor : new Visitor[] {light, dark, phone, darkPhone}) {
                visitor.openGraph(plan);
            }
            run(service, plan);

            // two of its moves run, and a third has failed once
            assertThat(light.see(".counts")).hasText(Pattern.compile(".*[3-5] SUCCEEDED.*ONGOING.*"));
            shoot(light, "graph", true);
            shoot(phone, "graph", true);
            shoot(dark, "graph", false);
            shoot(darkPhone, "graph", false);
            assertThat(light.see(".counts")).hasText(Pattern.compile(".*[1-9] FAILED.*[1-9] ONGOING.*"));
            light.button("Timeline").click();
            light.see(".timeline .running").waitFor();
            shoot(light, "timeline", true);
            dark.see(".find").fill("move db-1");
            dark.see(".find").press("Enter");
            dark.button("Copy as Cypher").waitFor();
            dark.drawer().locator("h2").focus();
            shoot(dark, "drawer", true);

            assertThat(light.see(".title .state")).containsText("SUCCEEDED");
            for (Visitor visitor : new Visitor[] {light, dark, phone, darkPhone}) {
                for (String view : new String[] {"timeline", "table"}) {
                    visitor.open("/plans/%s?view=%s".formatted(plan, view));
                    visitor.see(".timeline, table.actions").first().waitFor();
                    shoot(visitor, view + "-of-an-ended-plan", false);
                }
                visitor.open("/");
                shoot(visitor, "list", false);
                Assertions.assertThat(visitor.complaints()).isEmpty();
            }
        }
    }

    private static String create(ServiceProcess service, String example) throws IOException, InterruptedException {
        JsonNode document = new YAMLMapper().readTree(EXAMPLES.resolve(example).toFile());
        return service.post("/v1/action_plans", new ObjectMapper().writeValueAsString(document))
                .path("uuid")
                .asText();
    }

    private static void run(ServiceProcess service, String plan) throws IOException, InterruptedException {
        service.post("/v1/action_plans/%s/start".formatted(plan), "");
    }

    private static void shoot(Visitor visitor, String what, boolean forReadme) throws IOException {
        visitor.fitsTheScreen();
        Path picture = visitor.shoot(what);
        Assertions.assertThat(Files.size(picture)).as(what).isLessThan(LARGEST);
        String folder = System.getProperty("interlock.screenshots", "");
        if (forReadme && !folder.isEmpty()) {
            Files.createDirectories(Path.of(folder));
            Files.copy(picture, Path.of(folder).resolve(picture.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
