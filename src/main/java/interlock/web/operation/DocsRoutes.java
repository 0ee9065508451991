package interlock.web.operation;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.plan.PlanDocument;
import interlock.web.http.ClassPath;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The OpenAPI document, and a page to read it and try requests. The page loads nothing from other services. */
public final class DocsRoutes implements WebServer.Routes {
    private static final String SWAGGER_UI = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    /** The Content-Security-Policy of the pages: they load nothing from other origins. */
    static final String ONLY_THIS_SERVICE = "default-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    private final String json;
    private final String yaml;
    private final String page;
    private final String script;

    /**
     * Loads the files.
     *
     * @param watcherApi whether Watcher's API is served and therefore described
     */
    public DocsRoutes(boolean watcherApi) {
        try {
            var description = watcherApi ? OpenApi.read() : OpenApi.withoutWatcherApi();
            json = description.toPrettyString();
            yaml = new YAMLMapper().writeValueAsString(description);
            page = ClassPath.text("/docs/index.html").replace("{swagger-ui}", "webjars/swagger-ui/" + version());
            script = ClassPath.text("/docs/start.js");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(ClassPath.text(SWAGGER_UI)));
        return properties.getProperty("version");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> answer(ctx, "application/json", json));
        routes.get("/openapi.yaml", ctx -> answer(ctx, "application/yaml", yaml));
        routes.get("/plan.schema.json", ctx -> answer(ctx, "application/schema+json", PlanDocument.schemaText()));
        routes.get("/docs", ctx -> {
            ctx.header("Content-Security-Policy", ONLY_THIS_SERVICE);
            answer(ctx, "text/html", page);
        });
        routes.get("/docs/start.js", ctx -> answer(ctx, "text/javascript", script));
    }

    private static void answer(Context ctx, String type, String text) {
        ctx.contentType(type + "; charset=utf-8").result(text);
    }
}
