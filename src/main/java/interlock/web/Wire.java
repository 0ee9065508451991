package interlock.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.neo4j.PlanReader.RunningApplier;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.AttemptEntity;
import interlock.neo4j.entity.RevisionEntity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is stored, in the shapes in which the API tells it. */
final class Wire {
    private Wire() {}

    record Link(String rel, String href) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Plan(
            String uuid,
            String name,
            @Nullable String auditUuid,
            @Nullable String strategyUuid,
            @Nullable String strategyName,
            String state,
            boolean paused,
            String planner,
            String onFailure,
            long revision,
            int actionsTotal,
            Map<String, Integer> actionsByState,
            List<Object> efficacyIndicators,
            List<Object> globalEfficacy,
            @Nullable String hostname,
            @Nullable String statusMessage,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        static Plan of(ActionPlanEntity plan, String base) {
            return new Plan(
                    plan.uuid(),
                    plan.name(),
                    plan.auditUuid(),
                    null,
                    null,
                    plan.state(),
                    plan.paused(),
                    plan.planner(),
                    plan.onFailure(),
                    plan.revision(),
                    plan.actionsTotal(),
                    counts(plan),
                    List.of(),
                    List.of(),
                    plan.hostname(),
                    plan.statusMessage(),
                    plan.createdAt(),
                    plan.updatedAt(),
                    plan.startedAt(),
                    plan.finishedAt(),
                    plan.deletedAt(),
                    linksTo(base, "action_plans", plan.uuid()));
        }

        private static Map<String, Integer> counts(ActionPlanEntity plan) {
            return byState(
                    plan.pending(),
                    plan.ongoing(),
                    plan.succeeded(),
                    plan.failed(),
                    plan.skipped(),
                    plan.cancelled(),
                    plan.standby());
        }
    }

    /** A plan in a list: without what a list does not show, as in Watcher. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PlanItem(
            String uuid,
            String name,
            @Nullable String auditUuid,
            @Nullable String strategyUuid,
            @Nullable String strategyName,
            String state,
            boolean paused,
            String planner,
            String onFailure,
            long revision,
            int actionsTotal,
            Map<String, Integer> actionsByState,
            List<Object> efficacyIndicators,
            List<Object> globalEfficacy,
            @Nullable Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<Link> links) {
        static PlanItem of(Plan plan) {
            return new PlanItem(
                    plan.uuid(),
                    plan.name(),
                    plan.auditUuid(),
                    plan.strategyUuid(),
                    plan.strategyName(),
                    plan.state(),
                    plan.paused(),
                    plan.planner(),
                    plan.onFailure(),
                    plan.revision(),
                    plan.actionsTotal(),
                    plan.actionsByState(),
                    plan.efficacyIndicators(),
                    plan.globalEfficacy(),
                    plan.updatedAt(),
                    plan.startedAt(),
                    plan.finishedAt(),
                    plan.links());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Action(
            String uuid,
            String id,
            String actionPlanUuid,
            String actionType,
            String description,
            String state,
            @JsonRawValue String inputParameters,
            List<String> parents,
            @Nullable String statusMessage,
            int layer,
            int attempt,
            int maxAttempts,
            @Nullable Instant notBefore,
            @Nullable Instant deadline,
            double priority,
            @Nullable String applier,
            @Nullable String alternativePath,
            @Nullable String replacedBy,
            @Nullable String reverts,
            boolean reverted,
            Instant createdAt,
            @Nullable Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant deletedAt,
            List<Link> links) {
        static Action of(ActionEntity action, List<String> parents, String description, String base) {
            return new Action(
                    action.uuid(),
                    action.id(),
                    action.planUuid(),
                    action.actionType(),
                    description,
                    action.state(),
                    action.inputParameters(),
                    parents,
                    action.statusMessage(),
                    action.layer(),
                    action.attempt(),
                    action.maxAttempts(),
                    action.notBefore(),
                    action.deadline(),
                    action.priority(),
                    action.applier(),
                    action.pathUuid(),
                    action.replacedBy(),
                    action.reverts(),
                    action.reverted(),
                    action.createdAt(),
                    action.updatedAt(),
                    action.startedAt(),
                    action.finishedAt(),
                    null,
                    linksTo(base, "actions", action.uuid()));
        }
    }

    /** An action in a list: without what a list does not show, as in Watcher. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ActionItem(
            String uuid,
            String id,
            String actionPlanUuid,
            String actionType,
            String state,
            List<String> parents,
            int layer,
            int attempt,
            int maxAttempts,
            @Nullable Instant notBefore,
            @Nullable Instant deadline,
            double priority,
            @Nullable String applier,
            @Nullable String alternativePath,
            @Nullable String replacedBy,
            @Nullable String reverts,
            boolean reverted,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<Link> links) {
        static ActionItem of(Action action) {
            return new ActionItem(
                    action.uuid(),
                    action.id(),
                    action.actionPlanUuid(),
                    action.actionType(),
                    action.state(),
                    action.parents(),
                    action.layer(),
                    action.attempt(),
                    action.maxAttempts(),
                    action.notBefore(),
                    action.deadline(),
                    action.priority(),
                    action.applier(),
                    action.alternativePath(),
                    action.replacedBy(),
                    action.reverts(),
                    action.reverted(),
                    action.startedAt(),
                    action.finishedAt(),
                    action.links());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Attempt(
            int number,
            String applier,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String outcome,
            @Nullable String message) {
        static Attempt of(AttemptEntity attempt) {
            return new Attempt(
                    attempt.number(),
                    attempt.applier(),
                    attempt.startedAt(),
                    attempt.finishedAt(),
                    attempt.outcome(),
                    attempt.message());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Applier(
            String id,
            String host,
            long process,
            String state,
            int maxConcurrentActions,
            long running,
            Instant startedAt,
            Instant leaseUntil) {
        static Applier of(RunningApplier row) {
            var applier = row.applier();
            return new Applier(
                    applier.id(),
                    applier.host(),
                    applier.process(),
                    applier.state(),
                    applier.maxConcurrentActions(),
                    row.running(),
                    applier.startedAt(),
                    applier.leaseUntil());
        }
    }

    /** What a subscriber is told of one revision. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Change(
            String uuid,
            long revision,
            Instant at,
            String state,
            boolean paused,
            @Nullable String statusMessage,
            Map<String, Integer> actionsByState,
            @JsonRawValue String actions) {
        static Change of(RevisionEntity revision) {
            return new Change(
                    revision.planUuid(),
                    revision.number(),
                    revision.at(),
                    revision.state(),
                    revision.paused(),
                    revision.statusMessage(),
                    byState(
                            revision.pending(),
                            revision.ongoing(),
                            revision.succeeded(),
                            revision.failed(),
                            revision.skipped(),
                            revision.cancelled(),
                            revision.standby()),
                    revision.actions());
        }
    }

    private static Map<String, Integer> byState(
            int pending, int ongoing, int succeeded, int failed, int skipped, int cancelled, int standby) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("PENDING", pending);
        counts.put("ONGOING", ongoing);
        counts.put("SUCCEEDED", succeeded);
        counts.put("FAILED", failed);
        counts.put("SKIPPED", skipped);
        counts.put("CANCELLED", cancelled);
        counts.put("STANDBY", standby);
        return counts;
    }

    private static List<Link> linksTo(String base, String collection, String uuid) {
        return List.of(
                new Link("self", "%s/v1/%s/%s".formatted(base, collection, uuid)),
                new Link("bookmark", "%s/%s/%s".formatted(base, collection, uuid)));
    }
}
