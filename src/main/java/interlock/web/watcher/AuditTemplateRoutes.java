package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/audit_templates}: named combinations of a goal, a strategy and its parameters. */
final class AuditTemplateRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS =
            ListRoutes.sortKeys(Map.of("description", "description", "default_parameters", "defaultParameters"));
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
        new ListRoutes<>("audit_templates", SORT_KEYS, audits::listTemplates, Template::uuid, AuditJson.Template::of)
                .addTo(routes);
        routes.post("/v1/audit_templates", this::create);
        routes.get("/v1/audit_templates/{id}", ctx -> answer(ctx, find(ctx)));
        routes.patch("/v1/audit_templates/{id}", this::patch);
        routes.delete("/v1/audit_templates/{id}", this::delete);
    }

    private Template find(Context ctx) {
        Query.none(ctx);
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
