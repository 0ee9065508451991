package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import interlock.neo4j.database.Page;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.store.AuditStore.NewTemplate;
import interlock.neo4j.store.AuditStore.Template;
import interlock.strategy.Strategies;
import interlock.web.http.JsonObjectReader;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code /v1/audit_templates}: named combinations of a goal, a strategy and its parameters. */
final class AuditTemplateRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS = Map.ofEntries(
            Map.entry("id", "number"),
            Map.entry("uuid", "uuid"),
            Map.entry("name", "name"),
            Map.entry("description", "description"),
            Map.entry("scope", "scope"),
            Map.entry("goal_id", "goal"),
            Map.entry("goal_uuid", "goal"),
            Map.entry("goal_name", "goal"),
            Map.entry("strategy_id", "strategy"),
            Map.entry("strategy_uuid", "strategy"),
            Map.entry("strategy_name", "strategy"),
            Map.entry("default_parameters", "defaultParameters"),
            Map.entry("created_at", "createdAt"),
            Map.entry("updated_at", "updatedAt"),
            Map.entry("deleted_at", "deletedAt"));
    private static final Set<String> MEMBERS =
            Set.of("name", "description", "goal", "strategy", "scope", "default_parameters");

    /** The first version in which templates have default parameters. */
    private static final int DEFAULT_PARAMETERS = 7;

    private final AuditStore audits;

    AuditTemplateRoutes(AuditStore audits) {
        this.audits = audits;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/audit_templates", ctx -> list(ctx, false));
        routes.get("/v1/audit_templates/detail", ctx -> list(ctx, true));
        routes.post("/v1/audit_templates", this::create);
        routes.get("/v1/audit_templates/{id}", ctx -> answer(ctx, find(ctx)));
        routes.patch("/v1/audit_templates/{id}", this::patch);
        routes.delete("/v1/audit_templates/{id}", this::delete);
    }

    private void list(Context ctx, boolean detail) {
        Query query = new Query(ctx, Set.of("goal", "strategy"));
        Page page = query.page(SORT_KEYS);
        List<Template> found = audits.listTemplates(
                query.text("goal").map(Strategies::goalName),
                query.text("strategy").map(Strategies::strategyName),
                Query.deleted(ctx),
                page);
        String base = Query.base(ctx);
        Function<Template, Object> wire = template -> AuditJson.Template.of(template, base);
        Microversion.list(ctx, detail, query.listing("audit_templates", found, page, Template::uuid, wire));
    }

    private Template find(Context ctx) {
        String key = ctx.pathParam("id");
        return audits.findTemplate(key, Query.deleted(ctx)).orElseThrow(() -> Problem.notFound("AuditTemplate", key));
    }

    private static void answer(Context ctx, Template template) {
        Microversion.json(ctx, AuditJson.Template.of(template, Query.base(ctx)));
    }

    private void create(Context ctx) throws IOException {
        JsonObjectReader members = JsonObjectReader.read(ctx, MEMBERS);
        if (members.has("default_parameters") && !Microversion.of(ctx).knows(DEFAULT_PARAMETERS)) {
            throw Problem.badRequest("Unknown attribute: default_parameters");
        }
        NewTemplate wanted = new NewTemplate(
                members.mandatory("name"),
                members.text("description"),
                goal(members.mandatory("goal")).name(),
                members.text("strategy").map(key -> strategy(key).name()),
                members.list("scope"),
                members.object("default_parameters").toString());
        refuseForeignStrategy(wanted);
        Template template = audits.create(wanted).orElseThrow(() -> taken(wanted.name()));
        ctx.status(201);
        ctx.header("Location", "%s/v1/audit_templates/%s".formatted(Query.base(ctx), template.uuid()));
        answer(ctx, template);
    }

    private static Strategies.Goal goal(String key) {
        return Strategies.goal(key).orElseThrow(() -> Problem.badRequest("Goal %s is invalid".formatted(key)));
    }

    private static Strategies.Strategy strategy(String key) {
        return Strategies.strategy(key).orElseThrow(() -> Problem.badRequest("Strategy %s is invalid".formatted(key)));
    }

    private static void refuseForeignStrategy(NewTemplate wanted) {
        wanted.strategy().map(AuditTemplateRoutes::strategy).ifPresent(strategy -> {
            if (!strategy.goal().name().equals(wanted.goal())) {
                throw Problem.badRequest("'%s' strategy does relate to the '%s' goal. Possible choices: '%s' (%s)"
                        .formatted(
                                strategy.name(),
                                wanted.goal(),
                                Strategies.of(goal(wanted.goal())).uuid(),
                                Strategies.of(goal(wanted.goal())).name()));
            }
        });
    }

    private static Problem taken(String name) {
        return Problem.conflict("An audit_template with UUID or name %s already exists".formatted(name));
    }

    private void patch(Context ctx) throws IOException {
        JsonPatch patch = JsonPatch.read(ctx);
        Template template = find(ctx);
        patch.allowOnly(
                Set.of("/name", "/description", "/goal", "/strategy", "/scope", "/default_parameters"),
                Set.of("/description", "/strategy"));
        NewTemplate before = template.content();
        NewTemplate after = new NewTemplate(
                patch.node("/name", JsonNodeType.STRING).map(JsonNode::asText).orElse(before.name()),
                patch.removes("/description")
                        ? Optional.empty()
                        : patch.node("/description", JsonNodeType.STRING)
                                .map(JsonNode::asText)
                                .or(before::description),
                patch.value("/goal").map(key -> goal(key).name()).orElse(before.goal()),
                patch.removes("/strategy")
                        ? Optional.empty()
                        : patch.value("/strategy")
                                .map(key -> strategy(key).name())
                                .or(before::strategy),
                patch.node("/scope", JsonNodeType.ARRAY).map(JsonNode::toString).orElse(before.scope()),
                patch.node("/default_parameters", JsonNodeType.OBJECT)
                        .map(JsonNode::toString)
                        .orElse(before.defaultParameters()));
        refuseForeignStrategy(after);
        if (!after.name().equals(before.name())
                && audits.findTemplate(after.name(), false).isPresent()) {
            throw taken(after.name());
        }
        answer(
                ctx,
                audits.change(template, after).orElseThrow(() -> Problem.notFound("AuditTemplate", template.uuid())));
    }

    private void delete(Context ctx) {
        audits.delete(find(ctx));
        ctx.status(204);
    }
}
