package interlock.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated cloud to experiment with: Keystone, Nova, Cinder and Ironic on loopback. It touches no other system. */
public final class Simulator implements AutoCloseable {
    /** The name of the cloud. */
    public static final String NAME = "simulation";

    private static final Logger log = LoggerFactory.getLogger(Simulator.class);
    private static final String BUILT_IN = "/interlock/topology.yaml";
    private static final String REGION = "simulation";
    private static final Map<String, String> SERVICES =
            Map.of("compute", "/compute/v2.1", "block-storage", "/volume/v3", "baremetal", "/baremetal/v1");
    private static final int REQUESTS_A_SECOND = 1_000;

    private final Javalin javalin;
    private final String description;

    private Simulator(Javalin javalin, String description) {
        this.javalin = javalin;
        this.description = description;
    }

    /**
     * Starts a simulated cloud on a free port of loopback.
     *
     * @param file its topology, in YAML; the built-in one if empty
     * @param kept the file that stores the cloud across restarts
     * @param threads answers its requests
     * @throws InvalidTopology when the topology is invalid
     */
    public static Simulator start(Optional<Path> file, Path kept, InstantSource clock, ThreadPool threads) {
        String text = file.map(Simulator::read).orElseGet(Simulator::builtIn);
        String name = file.map(Path::toString).orElse("the built-in topology");
        Topology topology = TopologyDocument.read(text, name);
        SimulatedCloud cloud = new SimulatedCloud(topology, Uuids.of("topology", text), kept, clock);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = threads;
            config.routes.exception(Refusal.class, (e, ctx) -> refuse(ctx, e));
            addKeystone(config.routes);
            new SimulatedNova(cloud).addTo(config.routes, path("compute"));
            new SimulatedCinder(cloud).addTo(config.routes, path("block-storage"));
            new SimulatedIronic(cloud).addTo(config.routes, path("baremetal"));
        });
        javalin.start(InetAddress.getLoopbackAddress().getHostAddress(), 0);
        String description = "%s: %d hosts, %d instances, %d volumes"
                .formatted(
                        name,
                        topology.hosts().size(),
                        topology.instances().size(),
                        topology.volumes().size());
        log.warn("simulation: OpenStack actions work on the simulated cloud only ({})", description);
        return new Simulator(javalin, description);
    }

    private static String path(String service) {
        return java.util.Objects.requireNonNull(SERVICES.get(service));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            throw new InvalidTopology(
                    file.toString(), List.of(new interlock.model.ValidationError("", "cannot read this topology")));
        }
    }

    /** {@return the built-in topology} */
    static String builtIn() {
        try (InputStream in = Simulator.class.getResourceAsStream(BUILT_IN)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each service has its own form of error answers; Ironic's is nested. */
    private static void refuse(Context ctx, Refusal refusal) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (ctx.path().startsWith(path("baremetal"))) {
            body.putObject("error_message").put("faultcode", "Client").put("faultstring", refusal.getMessage());
        } else {
            body.putObject(refusal.member()).put("code", refusal.status()).put("message", refusal.getMessage());
        }
        ctx.status(refusal.status()).contentType("application/json").result(body.toString());
    }

    /** Every request gets a token: there is nothing to protect. */
    private static void addKeystone(RoutesConfig routes) {
        routes.post("/identity/v3/auth/tokens", ctx -> {
            ObjectNode token = JsonNodeFactory.instance.objectNode();
            ArrayNode catalogue = token.putObject("token").putArray("catalog");
            SERVICES.forEach((type, path) -> catalogue
                    .addObject()
                    .put("type", type)
                    .putArray("endpoints")
                    .addObject()
                    .put("interface", "public")
                    .put("region_id", REGION)
                    .put("url", "http://%s%s".formatted(ctx.host(), path)));
            ctx.status(201).header("X-Subject-Token", Replies.TOKEN);
            ctx.contentType("application/json").result(token.toString());
        });
    }

    /** {@return the settings of the cloud, as in {@code clouds.yaml}} */
    public JsonNode cloud() {
        ObjectNode cloud =
                JsonNodeFactory.instance.objectNode().put("region_name", REGION).put("rate_limit", REQUESTS_A_SECOND);
        cloud.putObject("auth")
                .put("auth_url", "http://127.0.0.1:%d/identity/v3".formatted(javalin.port()))
                .put("username", "simulation")
                .put("password", "simulation")
                .put("project_name", "simulation");
        return cloud;
    }

    /** {@return a summary of the cloud for people} */
    public String description() {
        return description;
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
