package interlock.web.watcher;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.model.AuditType;
import interlock.neo4j.store.AuditStore;
import interlock.strategy.Strategies;
import interlock.web.http.Link;
import interlock.web.watcher.Microversion.Detail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Audits, audit templates and related objects, as the API shows them. */
final class AuditJson {
    private AuditJson() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Goal(
            String uuid,
            String name,
            String displayName,
            List<Object> efficacySpecification,
            @JsonView(Detail.From0.class) Instant createdAt,
            @JsonView(Detail.From0.class) @Nullable Instant updatedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
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
    record Strategy(
            String uuid,
            String name,
            String displayName,
            String goalUuid,
            String goalName,
            @JsonView(Detail.From0.class) JsonNode parametersSpec,
            @JsonView(Detail.From0.class) Instant createdAt,
            @JsonView(Detail.From0.class) @Nullable Instant updatedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
            List<Link> links) {
        static Strategy of(Strategies.Strategy strategy, String base) {
            String uuid = strategy.uuid().toString();
            return new Strategy(
                    uuid,
                    strategy.name(),
                    strategy.displayName(),
                    strategy.goal().uuid().toString(),
                    strategy.goal().name(),
                    strategy.parametersSpec(),
                    Strategies.SINCE,
                    null,
                    null,
                    Link.to(base, "strategies", uuid));
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
            @JsonView(Detail.From0.class) @JsonRawValue String parameters,
            @JsonView(Detail.From0.class) @Nullable String hostname,
            @JsonView(Detail.From1.class) @Nullable String startTime,
            @JsonView(Detail.From1.class) @Nullable String endTime,
            @JsonView(Detail.From2.class) boolean force,
            @JsonView(Detail.From5.class) @Nullable String statusMessage,
            @JsonView(Detail.From0.class) Instant createdAt,
            @JsonView(Detail.From0.class) @Nullable Instant updatedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
            List<Link> links) {
        static Audit of(AuditStore.Audit audit, String base) {
            AuditStore.Request request = audit.request();
            Strategies.Strategy strategy = strategy(request.strategy());
            Strategies.Goal goal = goal(request.goal());
            return new Audit(
                    audit.uuid(),
                    request.name(),
                    AuditType.ONESHOT.name(),
                    audit.state().name(),
                    goal.uuid().toString(),
                    goal.name(),
                    strategy.uuid().toString(),
                    strategy.name(),
                    request.schedule().interval(),
                    request.scope(),
                    request.autoTrigger(),
                    null,
                    request.parameters(),
                    null,
                    Schedules.wire(request.schedule().startTime()),
                    Schedules.wire(request.schedule().endTime()),
                    request.force(),
                    audit.statusMessage(),
                    audit.times().createdAt(),
                    audit.times().updatedAt(),
                    audit.times().deletedAt(),
                    Link.to(base, "audits", audit.uuid()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Template(
            String uuid,
            String name,
            @JsonView(Detail.From0.class) @Nullable String description,
            String goalUuid,
            String goalName,
            @Nullable String strategyUuid,
            @Nullable String strategyName,
            @JsonRawValue String scope,
            @JsonView(Detail.From7.class) @JsonRawValue String defaultParameters,
            @JsonView(Detail.From0.class) Instant createdAt,
            @JsonView(Detail.From0.class) @Nullable Instant updatedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
            List<Link> links) {
        static Template of(AuditStore.Template template, String base) {
            AuditStore.NewTemplate content = template.content();
            Strategies.Goal goal = goal(content.goal());
            Optional<Strategies.Strategy> strategy = content.strategy().map(AuditJson::strategy);
            return new Template(
                    template.uuid(),
                    content.name(),
                    content.description().orElse(null),
                    goal.uuid().toString(),
                    goal.name(),
                    strategy.map(it -> it.uuid().toString()).orElse(null),
                    strategy.map(Strategies.Strategy::name).orElse(null),
                    content.scope(),
                    content.defaultParameters(),
                    template.times().createdAt(),
                    template.times().updatedAt(),
                    template.times().deletedAt(),
                    Link.to(base, "audit_templates", template.uuid()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Service(
            int id,
            String name,
            String host,
            String status,
            @JsonView(Detail.From0.class) Instant lastSeenUp,
            @JsonView(Detail.From0.class) Instant createdAt,
            @JsonView(Detail.From0.class) @Nullable Instant updatedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
            List<Link> links) {}

    private static Strategies.Goal goal(String name) {
        return Strategies.goal(name).orElseThrow();
    }

    private static Strategies.Strategy strategy(String name) {
        return Strategies.strategy(name).orElseThrow();
    }
}
