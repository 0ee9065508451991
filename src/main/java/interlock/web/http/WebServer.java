package interlock.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.ThreadPool;

/** The HTTP server. Each request has a virtual thread of its own. */
public final class WebServer implements AutoCloseable {
    private final Javalin javalin;

    /** A part of the API that adds its routes to the server. */
    public interface Routes {
        /** Adds the routes. */
        void addTo(RoutesConfig routes);
    }

    /** The address cannot be listened on. */
    public static final class CannotListen extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotListen(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts the server.
     *
     * @param host the address to listen on
     * @param port the port; 0 for any free one
     * @param guard rejects foreign requests
     * @throws CannotListen when the address is in use, or does not belong to this machine
     */
    public static WebServer start(String host, int port, RequestGuard guard, ThreadPool threads, List<Routes> parts) {
        ObjectMapper json = json();
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.prefer405over404 = true;
            config.http.maxRequestSize = BodyLimits.DOCUMENT;
            config.appData(
                    LargeBodies.KEY,
                    new LargeBodies(Runtime.getRuntime().maxMemory(), LargeBodies.Patience.USUAL, System::nanoTime));
            config.jetty.threadPool = threads;
            config.jsonMapper(new JavalinJackson(json, true));
            config.staticFiles.enableWebjars();
            config.staticFiles.add(files -> {
                files.hostedPath = "/";
                files.directory = "/page";
                files.location = Location.CLASSPATH;
            });
            Problems problems = new Problems(json);
            problems.install(config.routes);
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(problems.beforeRoutes());
                server.setHandler(new OpenConnections(new HeadAsGet(new WithoutVersion())));
            });
            config.router.javaLangErrorHandler(WebServer::failed);
            config.routes.before(guard::check);
            config.routes.before(QueryEncoding::check);
            config.routes.beforeMatched(BodyLimits::check);
            parts.forEach(part -> part.addTo(config.routes));
        });
        try {
            javalin.start(host, port);
        } catch (RuntimeException e) {
            throw new CannotListen("cannot listen on %s:%d: %s".formatted(host, port, rootMessage(e)), e);
        }
        return new WebServer(javalin);
    }

    /**
     * Passes an error to the uncaught exception handler, as if the thread had ended, because the process may have to
     * exit.
     */
    private static void failed(HttpServletResponse response, Error error) {
        response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** {@return the port on which the server listens} */
    public int port() {
        return javalin.port();
    }

    /** {@return the routes, such as {@code GET /v1/action_plans/{id}}} */
    public Set<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /** {@return the mapper that writes answers, with times in Watcher's format} */
    public static ObjectMapper json() {
        SimpleModule times = new SimpleModule().addSerializer(new TimeSerializer());
        return JsonMapper.builder()
                .addModule(times)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .build();
    }

    /** Writes {@code 2026-11-22T14:00:03.141755+00:00}; a fraction of zero is omitted. */
    private static final class TimeSerializer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;
        private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
        private static final DateTimeFormatter WITH_FRACTION =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

        TimeSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider) throws IOException {
            OffsetDateTime shown = time.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
            DateTimeFormatter format = shown.getNano() == 0 ? WHOLE : WITH_FRACTION;
            out.writeString(format.format(shown));
        }
    }
}
