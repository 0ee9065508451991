package interlock.neo4j.store;

import interlock.model.AuditState;
import interlock.model.StoredState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransaction;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Times;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.entity.AuditEntity;
import interlock.neo4j.entity.AuditTemplateEntity;
import interlock.neo4j.entity.NamedEntity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores audits and audit templates. */
public final class AuditStore {
    private static final Cypher RECOMMEND = Cypher.of("audit/recommend");
    private static final Cypher CHANGED = Cypher.of("audit/changed");
    private static final NamedNodes.Kind<AuditEntity> AUDITS =
            new NamedNodes.Kind<>(AuditEntity.class, "Audit", Lock.AUDITS);
    private static final NamedNodes.Kind<AuditTemplateEntity> TEMPLATES =
            new NamedNodes.Kind<>(AuditTemplateEntity.class, "AuditTemplate", Lock.AUDIT_TEMPLATES);
    private static final NamedNodes.Statements OF_AUDITS =
            new NamedNodes.Statements(Cypher.of("audit/find"), Cypher.of("audit/page"));
    private static final NamedNodes.Statements OF_TEMPLATES =
            new NamedNodes.Statements(Cypher.of("audit/find-template"), Cypher.of("audit/page-templates"));

    private final EntityTransactions graph;
    private final NamedNodes<AuditEntity> audits;
    private final NamedNodes<AuditTemplateEntity> templates;

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
        private void writeTo(AuditEntity audit) {
            audit.setName(name);
            audit.setGoal(goal);
            audit.setStrategy(strategy);
            audit.setParameters(parameters);
            audit.setScope(scope);
            audit.setTrigger(autoTrigger, force);
            audit.setSchedule(schedule.interval(), schedule.startTime(), schedule.endTime());
        }
    }

    /** The interval and the period (UTC) in which Watcher would repeat an audit; Interlock runs it once. */
    public record Schedule(
            @Nullable String interval,
            @Nullable LocalDateTime startTime,
            @Nullable LocalDateTime endTime) {
        /** No schedule. */
        public static final Schedule NONE = new Schedule(null, null, null);
    }

    /** An audit. */
    public record Audit(
            String uuid,
            StoredState<AuditState> state,
            @Nullable String statusMessage,
            Request request,
            Times times) {}

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
        private void writeTo(AuditTemplateEntity template) {
            template.setName(name);
            template.setDescription(description.orElse(null));
            template.setGoal(goal);
            template.setStrategy(strategy.orElse(null));
            template.setScope(scope);
            template.setDefaultParameters(defaultParameters);
        }
    }

    /** An audit template. */
    public record Template(String uuid, NewTemplate content, Times times) {}

    /**
     * A filter of audits or templates; empty components match all.
     *
     * @param goal the name of their goal
     * @param strategy the name of their strategy
     * @param deleted whether deleted ones match
     */
    public record Filter(Optional<String> goal, Optional<String> strategy, boolean deleted) {
        Map<String, @Nullable Object> parameters() {
            Map<String, @Nullable Object> parameters = new HashMap<>();
            parameters.put("goal", goal.orElse(null));
            parameters.put("strategy", strategy.orElse(null));
            parameters.put("deleted", deleted);
            return parameters;
        }
    }

    public AuditStore(EntityTransactions graph) {
        this.graph = graph;
        this.audits = new NamedNodes<>(graph, AUDITS, OF_AUDITS, AuditStore::keepChange);
        this.templates = new NamedNodes<>(graph, TEMPLATES, OF_TEMPLATES, (_, _, _, _) -> {});
    }

    /** Counts the change of an audit, and keeps it. An audit that was stored before that was counted begins where the gate is. */
    private static void keepChange(EntityTransaction tx, AuditEntity audit, Optional<String> before, Instant at) {
        Long revision = audit.revision();
        if (revision == null && before.isPresent()) {
            revision = tx.statements().turn();
        }
        audit.setRevision(revision == null ? 1 : revision + 1);
        Map<String, @Nullable Object> change = new HashMap<>();
        change.put("auditUuid", audit.uuid());
        change.put("number", audit.revision());
        change.put("at", Graph.time(at));
        change.put("oldState", before.orElse(null));
        change.put("state", audit.storedState());
        change.put("statusMessage", audit.statusMessage());
        tx.statements().send(CHANGED, Map.of("change", change));
    }

    static Audit audit(AuditEntity audit) {
        return new Audit(
                audit.uuid(),
                audit.state(),
                audit.statusMessage(),
                new Request(
                        audit.name(),
                        audit.goal(),
                        String.valueOf(audit.strategy()),
                        audit.parameters(),
                        audit.scope(),
                        audit.autoTrigger(),
                        audit.force(),
                        new Schedule(audit.interval(), audit.startTime(), audit.endTime())),
                times(audit));
    }

    private static Template template(AuditTemplateEntity template) {
        return new Template(
                template.uuid(),
                new NewTemplate(
                        template.name(),
                        Optional.ofNullable(template.description()),
                        template.goal(),
                        Optional.ofNullable(template.strategy()),
                        template.scope(),
                        template.defaultParameters()),
                times(template));
    }

    private static Times times(NamedEntity entity) {
        return new Times(entity.createdAt(), entity.updatedAt(), entity.deletedAt());
    }

    /** {@return a new PENDING audit; empty if its name is taken} */
    public Optional<Audit> create(Request request) {
        return audits.store(() -> {
                    AuditEntity audit = new AuditEntity();
                    request.writeTo(audit);
                    audit.setState(AuditState.PENDING);
                    return audit;
                })
                .map(AuditStore::audit);
    }

    /** {@return the audit with this uuid or name, if there is one} */
    public Optional<Audit> find(String uuidOrName, boolean deleted) {
        return audits.find(uuidOrName, deleted).map(AuditStore::audit);
    }

    /**
     * {@return a page of the matching audits}
     *
     * @throws UnknownMarker if the page's marker is not among them
     */
    public List<Audit> list(Filter filter, Page page) {
        return audits.list(filter, page).stream().map(AuditStore::audit).toList();
    }

    /** {@return the changed audit; empty if its state has changed since it was read} */
    public Optional<Audit> change(Audit seen, AuditState state, Optional<String> statusMessage, Request request) {
        return audits.change(seen.uuid(), seen.state().name(), state == AuditState.DELETED, audit -> {
                    request.writeTo(audit);
                    audit.setState(state);
                    audit.setStatusMessage(statusMessage.orElse(null));
                })
                .map(AuditStore::audit);
    }

    /** Ends an audit with the plan that it recommends. */
    public void recommend(Audit audit, UUID plan, UUID strategy) {
        graph.write(tx -> {
            Instant at = tx.statements().take(Lock.AUDITS).at();
            Map<String, Object> recommendation = Map.of(
                    "audit", audit.uuid(),
                    "plan", plan.toString(),
                    "strategyUuid", strategy.toString(),
                    "strategyName", audit.request().strategy());
            if (!tx.statements().run(RECOMMEND, recommendation).list().isEmpty()) {
                tx.find(AuditEntity.class, "uuid", audit.uuid()).ifPresent(it -> {
                    String before = it.storedState();
                    it.setState(AuditState.SUCCEEDED);
                    audits.save(tx, it, before, at);
                });
            }
            return null;
        });
    }

    /** {@return a new template; empty if its name is taken} */
    public Optional<Template> create(NewTemplate template) {
        return templates
                .store(() -> {
                    AuditTemplateEntity entity = new AuditTemplateEntity();
                    template.writeTo(entity);
                    return entity;
                })
                .map(AuditStore::template);
    }

    /** {@return the template with this uuid or name, if there is one} */
    public Optional<Template> findTemplate(String uuidOrName, boolean deleted) {
        return templates.find(uuidOrName, deleted).map(AuditStore::template);
    }

    /**
     * {@return a page of the matching templates}
     *
     * @throws UnknownMarker if the page's marker is not among them
     */
    public List<Template> listTemplates(Filter filter, Page page) {
        return templates.list(filter, page).stream().map(AuditStore::template).toList();
    }

    /** {@return the changed template; empty if it was deleted meanwhile} */
    public Optional<Template> change(Template seen, NewTemplate content) {
        return templates
                .change(seen.uuid(), AuditTemplateEntity.KEPT, false, content::writeTo)
                .map(AuditStore::template);
    }

    /** Deletes a template. Audits that were created from it do not change. */
    public void delete(Template template) {
        templates.change(template.uuid(), AuditTemplateEntity.KEPT, true, _ -> {});
    }
}
