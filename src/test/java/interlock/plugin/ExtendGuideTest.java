package interlock.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import interlock.fault.ServiceProcess;
import interlock.neo4j.Neo4jServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/extend.md is compiled, packed into a jar and run by a separate service, beside broken jars. */
class ExtendGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)[^\n]*\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer evacuation;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        evacuation = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        evacuation.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        evacuation.start();
    }

    @AfterEach
    void close() {
        evacuation.stop(0);
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs/extend.md")))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private void makeJars(Path plugins) throws IOException {
        List<String> files = blocks("text");
        PluginSource jar = new PluginSource()
                .actionType(files.get(0).strip(), blocks("java").get(0))
                .planner(files.get(1).strip(), blocks("java").get(1));
        files.get(2).lines().map(line -> line.split(": ")).forEach(line -> jar.attribute(line[0], line[1]));
        jar.jar(plugins.resolve("evacuate.jar"));
        Files.writeString(plugins.resolve("torn.jar"), "PK");
        String throwing =
                blocks("java").get(0).replace("return", "if (true) throw new IllegalStateException(); return");
        new PluginSource().actionType("example.Evacuate", throwing).jar(plugins.resolve("throwing.jar"));
        String ours = blocks("java").get(0).replace("\"evacuate\"", "\"nop\"");
        new PluginSource().actionType("example.Evacuate", ours).jar(plugins.resolve("ours.jar"));
    }

    @Test
    void whatItShowsWorksBesideWhatIsBroken() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        makeJars(plugins);
        String there = "http://127.0.0.1:%d/".formatted(evacuation.getAddress().getPort());
        Path config = Files.writeString(
                folder.resolve("interlock.yaml"), blocks("yaml").getFirst().replace("http://127.0.0.1:8000/", there));
        Path log = folder.resolve("log");
        try (ServiceProcess service = ServiceProcess.start(
                log,
                "--plugins=" + plugins,
                "--config=" + config,
                "--neo4j-uri=" + Neo4jServer.emptied().uri())) {
            assertThat(Files.readString(log))
                    .contains("plug-in evacuate.jar (1.0.0) provides evacuate, one_by_one")
                    .contains("plug-in torn.jar is left out", "plug-in throwing.jar is left out")
                    .contains("plug-in ours.jar is left out: there is another action type 'nop'");
            assertThat(plugin(service.get("/v1/action_types").path("action_types"), "evacuate"))
                    .isEqualTo("{\"jar\":\"evacuate.jar\",\"version\":\"1.0.0\"}");
            assertThat(plugin(service.get("/v1/planners").path("planners"), "one_by_one"))
                    .isEqualTo("{\"jar\":\"evacuate.jar\",\"version\":\"1.0.0\"}");
            assertThat(plugin(service.get("/v1/planners").path("planners"), "weight"))
                    .isEqualTo("null");

            String plan = "/v1/action_plans/"
                    + service.post("/v1/action_plans", blocks("json").getFirst())
                            .path("uuid")
                            .asText();
            service.post(plan + "/start", "");

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.get(plan).path("state").asText().equals("SUCCEEDED"));
            assertThat(requests).containsExactly("DELETE /hosts/compute-1", "DELETE /hosts/compute-2");
            assertThat(Files.readString(log))
                    .containsPattern("action [0-9a-f-]{36}, attempt 1: evacuating for plan 'empty two hosts'");
        }
    }

    private static String plugin(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("plugin")
                .toString();
    }
}
