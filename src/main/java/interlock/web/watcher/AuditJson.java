package interlock.web.watcher;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.neo4j.store.AuditStore;
import interlock.strategy.Strategies;
import interlock.web.http.Link;
import interlock.web.watcher.Microversion.Since;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Audits and what belongs to them, in the shapes in which the API tells them. */
final class AuditJson {
    private AuditJson() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record GoalItem(
            String uuid, String name, String displayName, List<Object> efficacySpecification, List<Link> links) {
        static GoalItem of(Strategies.Goal goal, String base) {
            String uuid = goal.uuid().toString();
            return new GoalItem(uuid, goal.name(), goal.displayName(), List.of(), Link.to(base, "goals", uuid));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Goal(
            String uuid,
            String name,
            String displayName,
            List<Object> efficacySpecification,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        static Goal of(Strategies.Goal goal, String base) {
            String uuid = goal.uuid().toString();
            return new Goal(
                    uuid,
                    goal.name(),
                    goal.displayName(),
                    List.of(),
                    Strategies.SINCE,
                    null,
                    null,
                    Link.to(base, "goals", uuid));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record StrategyItem(
            String uuid, String name, String displayName, String goalUuid, String goalName, List<Link> links) {
        static StrategyItem of(Strategies.Strategy strategy, String base) {
            String uuid = strategy.uuid().toString();
            return new StrategyItem(
                    uuid,
                    strategy.name(),
                    strategy.displayName(),
                    strategy.goal().uuid().toString(),
                    strategy.goal().name(),
                    Link.to(base, "strategies", uuid));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Strategy(
            String uuid,
            String name,
            String displayName,
            String goalUuid,
            String goalName,
            JsonNode parametersSpec,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        static Strategy of(Strategies.Strategy strategy, String base) {
            StrategyItem item = StrategyItem.of(strategy, base);
            return new Strategy(
                    item.uuid(),
                    item.name(),
                    item.displayName(),
                    item.goalUuid(),
                    item.goalName(),
                    strategy.parametersSpec(),
                    Strategies.SINCE,
                    null,
                    null,
                    item.links());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record AuditItem(
            String uuid,
            String name,
            String auditType,
            String state,
            String goalUuid,
            String goalName,
            String strategyUuid,
            String strategyName,
            @Nullable String interval,
            @JsonRawValue String scope,
            boolean autoTrigger,
            @Nullable Instant nextRunTime,
            List<Link> links) {
        static AuditItem of(AuditStore.Audit audit, String base) {
            AuditStore.Request request = audit.request();
            Strategies.Strategy strategy = strategy(request.strategy());
            Strategies.Goal goal = goal(request.goal());
            return new AuditItem(
                    audit.uuid(),
                    request.name(),
                    "ONESHOT",
                    audit.state(),
                    goal.uuid().toString(),
                    goal.name(),
                    strategy.uuid().toString(),
                    strategy.name(),
                    request.schedule().interval(),
                    request.scope(),
                    request.autoTrigger(),
                    null,
                    Link.to(base, "audits", audit.uuid()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Audit(
            String uuid,
            String name,
            String auditType,
            String state,
            String goalUuid,
            String goalName,
            String strategyUuid,
            String strategyName,
            @Nullable String interval,
            @JsonRawValue String scope,
            boolean autoTrigger,
            @Nullable Instant nextRunTime,
            @JsonRawValue String parameters,
            @Nullable String hostname,
            @JsonView(Since.V1.class) @Nullable String startTime,
            @JsonView(Since.V1.class) @Nullable String endTime,
            @JsonView(Since.V2.class) boolean force,
            @JsonView(Since.V5.class) @Nullable String statusMessage,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        static Audit of(AuditStore.Audit audit, String base) {
            AuditItem item = AuditItem.of(audit, base);
            return new Audit(
                    item.uuid(),
                    item.name(),
                    item.auditType(),
                    item.state(),
                    item.goalUuid(),
                    item.goalName(),
                    item.strategyUuid(),
                    item.strategyName(),
                    item.interval(),
                    item.scope(),
                    item.autoTrigger(),
                    null,
                    audit.request().parameters(),
                    null,
                    Schedules.wire(audit.request().schedule().startTime()),
                    Schedules.wire(audit.request().schedule().endTime()),
                    audit.request().force(),
                    audit.statusMessage(),
                    audit.times().createdAt(),
                    audit.times().updatedAt(),
                    audit.times().deletedAt(),
                    item.links());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TemplateItem(
            String uuid,
            String name,
            String goalUuid,
            String goalName,
            @Nullable String strategyUuid,
            @Nullable String strategyName,
            @JsonRawValue String scope,
            List<Link> links) {
        static TemplateItem of(AuditStore.Template template, String base) {
            AuditStore.NewTemplate content = template.content();
            Strategies.Goal goal = goal(content.goal());
            Optional<Strategies.Strategy> strategy = content.strategy().map(AuditJson::strategy);
            return new TemplateItem(
                    template.uuid(),
                    content.name(),
                    goal.uuid().toString(),
                    goal.name(),
                    strategy.map(it -> it.uuid().toString()).orElse(null),
                    strategy.map(Strategies.Strategy::name).orElse(null),
                    content.scope(),
                    Link.to(base, "audit_templates", template.uuid()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Template(
            String uuid,
            String name,
            @Nullable String description,
            String goalUuid,
            String goalName,
            @Nullable String strategyUuid,
            @Nullable String strategyName,
            @JsonRawValue String scope,
            @JsonView(Since.V7.class) @JsonRawValue String defaultParameters,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        static Template of(AuditStore.Template template, String base) {
            TemplateItem item = TemplateItem.of(template, base);
            return new Template(
                    item.uuid(),
                    item.name(),
                    template.content().description().orElse(null),
                    item.goalUuid(),
                    item.goalName(),
                    item.strategyUuid(),
                    item.strategyName(),
                    item.scope(),
                    template.content().defaultParameters(),
                    template.times().createdAt(),
                    template.times().updatedAt(),
                    template.times().deletedAt(),
                    item.links());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ServiceItem(int id, String name, String host, String status, List<Link> links) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Service(
            int id,
            String name,
            String host,
            String status,
            Instant lastSeenUp,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        ServiceItem item() {
            return new ServiceItem(id, name, host, status, links);
        }
    }

    private static Strategies.Goal goal(String name) {
        return Strategies.goal(name).orElseThrow();
    }

    private static Strategies.Strategy strategy(String name) {
        return Strategies.strategy(name).orElseThrow();
    }
}
