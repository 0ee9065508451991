package interlock.web.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.web.http.ClassPath;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import interlock.web.watcher.Microversion;
import interlock.web.watcher.Microversion.Since;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entry points of the API: {@code /} and {@code /v1}. */
public final class Discovery implements WebServer.Routes {
    private static final String WATCHER = "Watcher is an OpenStack project which aims to improve physical resources "
            + "usage through better VM placement.";

    private static final String INTERLOCK = "Interlock applies action plans as graphs in Neo4j.";
    private static final String SIMULATION = " This service works on a simulation, not on a cloud.";

    private final boolean watcherApi;
    private final String page;
    private final String description;
    private final Settings settings;

    /** The settings that the page loads first. */
    @JsonNaming(SnakeCaseStrategy.class)
    private record Settings(boolean simulation, String neo4jBrowser) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Link(String rel, String href, @Nullable String type) {
        static Link self(String href) {
            return new Link("self", href, null);
        }

        static List<Link> to(String base, String collection) {
            return List.of(
                    self("%s/v1/%s/".formatted(base, collection)),
                    new Link("bookmark", "%s/%s/".formatted(base, collection), null));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record Version(String id, String status, String maxVersion, String minVersion, List<Link> links) {
        static Version first(String base, String highest, String lowest) {
            return new Version("v1", "CURRENT", highest, lowest, List.of(Link.self(base + "/v1/")));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record Root(String name, String description, List<Version> versions, Version defaultVersion) {}

    private record MediaType(String base, String type) {}

    /** Without Watcher's API, its collections are null and left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(SnakeCaseStrategy.class)
    private record First(
            String id,
            List<MediaType> mediaTypes,
            @Nullable List<Link> auditTemplates,
            @Nullable List<Link> audits,
            List<Link> actions,
            List<Link> actionPlans,
            @Nullable List<Link> scoringEngines,
            @JsonView(Since.V3.class) @Nullable List<Link> dataModel,
            @Nullable List<Link> services,
            @JsonView(Since.V4.class) List<Link> webhooks,
            List<Link> links) {}

    /**
     * Loads the page.
     *
     * @param simulation whether the service works on a simulated cloud
     * @param neo4jBrowser the URL of Neo4j Browser
     * @param watcherApi whether Watcher's API is served and therefore listed
     */
    public Discovery(boolean simulation, URI neo4jBrowser, boolean watcherApi) {
        this.watcherApi = watcherApi;
        settings = new Settings(simulation, neo4jBrowser.toString());
        description = (watcherApi ? WATCHER : INTERLOCK) + (simulation ? SIMULATION : "");
        page = ClassPath.text("/page/index.html");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/", this::root);
        routes.get("/settings.json", ctx -> ctx.json(settings));
        routes.get("/v1", ctx -> Microversion.json(ctx, watcherApi ? watchers(Query.base(ctx)) : own(Query.base(ctx))));
    }

    /** Answers browsers, which accept HTML, with the page; other clients with the versions of the API. */
    private void root(Context ctx) {
        ctx.header("Vary", "Accept");
        if (Optional.ofNullable(ctx.header("Accept")).orElse("").contains("text/html")) {
            ctx.header("Content-Security-Policy", DocsRoutes.ONLY_THIS_SERVICE);
            ctx.contentType("text/html; charset=utf-8").result(page);
        } else {
            ctx.json(
                    watcherApi
                            ? root("OpenStack Watcher API", Microversion.HIGHEST, Microversion.LOWEST, ctx)
                            : root("Interlock API", "", "", ctx));
        }
    }

    /** OpenStack's APIs without microversions name empty ones. */
    private Root root(String name, String highest, String lowest, Context ctx) {
        Version version = Version.first(Query.base(ctx), highest, lowest);
        return new Root(name, description, List.of(version), version);
    }

    private static First watchers(String base) {
        return new First(
                "v1",
                List.of(new MediaType("application/json", "application/vnd.openstack.watcher.v1+json")),
                Link.to(base, "audit_templates"),
                Link.to(base, "audits"),
                Link.to(base, "actions"),
                Link.to(base, "action_plans"),
                Link.to(base, "scoring_engines"),
                Link.to(base, "data_model"),
                Link.to(base, "services"),
                Link.to(base, "webhooks"),
                List.of(
                        Link.self(base + "/v1/"),
                        new Link(
                                "describedby",
                                "http://docs.openstack.org/developer/watcher/dev/api-spec-v1.html",
                                "text/html")));
    }

    private static First own(String base) {
        return new First(
                "v1",
                List.of(new MediaType("application/json", "application/json")),
                null,
                null,
                Link.to(base, "actions"),
                Link.to(base, "action_plans"),
                null,
                null,
                null,
                List.of(Link.self(base + "/v1/webhooks/")),
                List.of(Link.self(base + "/v1/"), new Link("describedby", base + "/docs", "text/html")));
    }
}
