package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Times;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.database.UnknownMarker;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;

/** Stores audits and audit templates. */
public final class AuditStore {
    private static final Cypher RECOMMEND = Cypher.of("audit/recommend");
    private static final NamedNodes.Statements OF_AUDITS = new NamedNodes.Statements(
            Lock.AUDITS,
            Cypher.of("audit/store"),
            Cypher.of("audit/find"),
            Cypher.of("audit/page"),
            Cypher.of("audit/change"));
    private static final NamedNodes.Statements OF_TEMPLATES = new NamedNodes.Statements(
            Lock.AUDIT_TEMPLATES,
            Cypher.of("audit/store-template"),
            Cypher.of("audit/find-template"),
            Cypher.of("audit/page-templates"),
            Cypher.of("audit/change-template"));

    /** The only state of a template. */
    private static final String KEPT = "KEPT";

    private final Transactions graph;
    private final NamedNodes<Audit> audits;
    private final NamedNodes<Template> templates;

    /**
     * The content of an audit.
     *
     * @param name unique among audits that are not deleted
     * @param goal the name of its goal
     * @param strategy the name of its strategy
     * @param parameters the strategy's parameters, as JSON
     * @param scope as JSON
     * @param autoTrigger whether the recommended plan is started at once
     * @param force whether Watcher would run the audit beside running plans; Interlock always does
     * @param schedule stored, but not used
     */
    public record Request(
            String name,
            String goal,
            String strategy,
            String parameters,
            String scope,
            boolean autoTrigger,
            boolean force,
            Schedule schedule) {
        private Map<String, @Nullable Object> properties() {
            Map<String, @Nullable Object> properties = new HashMap<>();
            properties.put("goal", goal);
            properties.put("strategy", strategy);
            properties.put("parameters", parameters);
            properties.put("scope", scope);
            properties.put("autoTrigger", autoTrigger);
            properties.put("force", force);
            properties.put("interval", schedule.interval());
            properties.put("startTime", schedule.startTime());
            properties.put("endTime", schedule.endTime());
            return properties;
        }
    }

    /** The interval and the period (UTC) in which Watcher would repeat an audit; Interlock runs it once. */
    public record Schedule(
            @Nullable String interval,
            @Nullable LocalDateTime startTime,
            @Nullable LocalDateTime endTime) {
        /** No schedule. */
        public static final Schedule NONE = new Schedule(null, null, null);

        private static Schedule of(Value node) {
            return new Schedule(
                    node.get("interval").asString(null),
                    node.get("startTime").asLocalDateTime(null),
                    node.get("endTime").asLocalDateTime(null));
        }
    }

    /** An audit. */
    public record Audit(String uuid, String state, @Nullable String statusMessage, Request request, Times times) {}

    /**
     * The content of an audit template.
     *
     * @param strategy a name; empty for the goal's default
     * @param scope as JSON
     * @param defaultParameters the strategy's parameters, as JSON
     */
    public record NewTemplate(
            String name,
            Optional<String> description,
            String goal,
            Optional<String> strategy,
            String scope,
            String defaultParameters) {
        private Map<String, @Nullable Object> properties() {
            Map<String, @Nullable Object> properties = new HashMap<>();
            properties.put("description", description.orElse(null));
            properties.put("goal", goal);
            properties.put("strategy", strategy.orElse(null));
            properties.put("scope", scope);
            properties.put("defaultParameters", defaultParameters);
            properties.put("state", KEPT);
            return properties;
        }
    }

    /** An audit template. */
    public record Template(String uuid, NewTemplate content, Times times) {}

    /** Takes the connection. */
    public AuditStore(Transactions graph) {
        this.graph = graph;
        this.audits = new NamedNodes<>(graph, "Audit", OF_AUDITS, AuditStore::audit);
        this.templates = new NamedNodes<>(graph, "AuditTemplate", OF_TEMPLATES, AuditStore::template);
    }

    static Audit audit(Value node) {
        return new Audit(
                node.get("uuid").asString(),
                node.get("state").asString(),
                node.get("statusMessage").asString(null),
                new Request(
                        node.get("name").asString(),
                        node.get("goal").asString(),
                        node.get("strategy").asString(),
                        node.get("parameters").asString(),
                        node.get("scope").asString(),
                        node.get("autoTrigger").asBoolean(),
                        node.get("force").asBoolean(),
                        Schedule.of(node)),
                Times.of(node));
    }

    private static Template template(Value node) {
        return new Template(
                node.get("uuid").asString(),
                new NewTemplate(
                        node.get("name").asString(),
                        Optional.ofNullable(node.get("description").asString(null)),
                        node.get("goal").asString(),
                        Optional.ofNullable(node.get("strategy").asString(null)),
                        node.get("scope").asString(),
                        node.get("defaultParameters").asString()),
                Times.of(node));
    }

    /** {@return a new PENDING audit; empty if its name is taken} */
    public Optional<Audit> create(Request request) {
        Map<String, @Nullable Object> properties = new HashMap<>(request.properties());
        properties.put("state", "PENDING");
        return audits.store(request.name(), properties);
    }

    /** {@return the audit with this uuid or name, if there is one} */
    public Optional<Audit> find(String uuidOrName, boolean deleted) {
        return audits.find(uuidOrName, deleted);
    }

    /**
     * {@return a page of the audits with a goal and a strategy}
     *
     * @throws UnknownMarker if the page's marker is not among them
     */
    public List<Audit> list(Optional<String> goal, Optional<String> strategy, boolean deleted, Page page) {
        return audits.list(goal, strategy, deleted, page);
    }

    /** {@return the changed audit; empty if its state has changed since it was read} */
    public Optional<Audit> change(Audit seen, String state, Optional<String> statusMessage, Request request) {
        Map<String, @Nullable Object> properties = new HashMap<>(request.properties());
        properties.put("name", request.name());
        properties.put("state", state);
        properties.put("statusMessage", statusMessage.orElse(null));
        return audits.change(seen.uuid(), seen.state(), properties, state.equals("DELETED"));
    }

    /** Ends an audit with the plan that it recommends. */
    public void recommend(Audit audit, UUID plan, UUID strategy) {
        graph.write(tx -> {
            tx.take(Lock.AUDITS);
            return tx.run(
                            RECOMMEND,
                            Map.of(
                                    "audit", audit.uuid(),
                                    "plan", plan.toString(),
                                    "strategyUuid", strategy.toString(),
                                    "strategyName", audit.request().strategy()))
                    .list();
        });
    }

    /** {@return a new template; empty if its name is taken} */
    public Optional<Template> create(NewTemplate template) {
        return templates.store(template.name(), template.properties());
    }

    /** {@return the template with this uuid or name, if there is one} */
    public Optional<Template> findTemplate(String uuidOrName, boolean deleted) {
        return templates.find(uuidOrName, deleted);
    }

    /**
     * {@return a page of the templates with a goal and a strategy}
     *
     * @throws UnknownMarker if the page's marker is not among them
     */
    public List<Template> listTemplates(Optional<String> goal, Optional<String> strategy, boolean deleted, Page page) {
        return templates.list(goal, strategy, deleted, page);
    }

    /** {@return the changed template; empty if it was deleted meanwhile} */
    public Optional<Template> change(Template seen, NewTemplate content) {
        Map<String, @Nullable Object> properties = new HashMap<>(content.properties());
        properties.put("name", content.name());
        return templates.change(seen.uuid(), KEPT, properties, false);
    }

    /** Deletes a template. Audits that were created from it do not change. */
    public void delete(Template template) {
        templates.change(template.uuid(), KEPT, template.content().properties(), true);
    }
}
