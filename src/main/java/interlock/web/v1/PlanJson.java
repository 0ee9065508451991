package interlock.web.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.model.StoredState;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.AttemptEntity;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.view.PlanReader.RunningApplier;
import interlock.web.http.Link;
import interlock.web.watcher.Microversion.Detail;
import interlock.web.watcher.Microversion.Since;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans, actions and their parts, as the API shows them. */
final class PlanJson {
    private PlanJson() {}

    /** The forecast at the creation of the plan. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Expected(double makespanSeconds, double lowerBoundSeconds) {
        private static @Nullable Expected of(ActionPlanEntity plan) {
            Double makespan = plan.makespanSeconds();
            Double lowerBound = plan.lowerBoundSeconds();
            return makespan == null || lowerBound == null ? null : new Expected(makespan, lowerBound);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Plan(
            String uuid,
            @JsonView(Since.Interlock.class) String name,
            @Nullable String auditUuid,
            @Nullable String strategyUuid,
            @Nullable String strategyName,
            String state,
            @JsonView(Since.Interlock.class) boolean paused,
            @JsonView(Since.Interlock.class) String planner,
            @JsonView(Since.Interlock.class) String onFailure,
            @JsonView(Since.Interlock.class) int priority,

            @JsonView(Since.Interlock.class) @JsonProperty("finally") @Nullable
            String finallyState,

            @JsonView(Since.Interlock.class) @Nullable Instant notBefore,
            @JsonView(Since.Interlock.class) @Nullable Double deadlineSeconds,
            @JsonView(Since.Interlock.class) @Nullable Instant deadline,
            @JsonView(Since.Interlock.class) long revision,
            @JsonView(Since.Interlock.class) int actionsTotal,
            @JsonView(Since.Interlock.class) Map<ActionState, Integer> actionsByState,
            @JsonView(Since.Interlock.class) boolean rolledBack,
            @JsonView(Since.Interlock.class) int reverted,
            @JsonView(Since.Interlock.class) int reverts,
            @JsonView(Since.Interlock.class) @Nullable Expected forecast,
            List<Object> efficacyIndicators,
            List<Object> globalEfficacy,
            @JsonView(Detail.From0.class) @Nullable String hostname,
            @JsonView(Detail.From5.class) @Nullable String statusMessage,
            @JsonView(Detail.From0.class) Instant createdAt,
            @Nullable Instant updatedAt,
            @JsonView(Since.Interlock.class) @Nullable Instant startedAt,
            @JsonView(Since.Interlock.class) @Nullable Instant finishedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
            List<Link> links) {
        static Plan of(ActionPlanEntity plan, String base) {
            return new Plan(
                    plan.uuid(),
                    plan.name(),
                    plan.auditUuid(),
                    plan.strategyUuid(),
                    plan.strategyName(),
                    plan.state().name(),
                    plan.paused(),
                    plan.planner(),
                    plan.onFailure(),
                    plan.priority(),
                    plan.finallyState(),
                    plan.notBefore(),
                    plan.deadlineSeconds(),
                    plan.deadlineAt(),
                    plan.revision(),
                    plan.actionsTotal(),
                    counts(plan),
                    plan.rolledBack(),
                    plan.reverted(),
                    plan.reverts(),
                    Expected.of(plan),
                    List.of(),
                    List.of(),
                    plan.hostname(),
                    plan.statusMessage(),
                    plan.createdAt(),
                    plan.updatedAt(),
                    plan.startedAt(),
                    plan.finishedAt(),
                    plan.deletedAt(),
                    Link.to(base, "action_plans", plan.uuid()));
        }

        private static Map<ActionState, Integer> counts(ActionPlanEntity plan) {
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

    @JsonNaming(SnakeCaseStrategy.class)
    record Action(
            String uuid,
            @JsonView(Since.Interlock.class) String id,
            String actionPlanUuid,
            String actionType,
            @JsonView(Detail.From0.class) String description,
            String state,
            @JsonView(Detail.From0.class) @JsonRawValue String inputParameters,
            List<String> parents,
            @JsonView(Detail.From5.class) @Nullable String statusMessage,
            @JsonView(Since.Interlock.class) int layer,
            @JsonView(Since.Interlock.class) int attempt,
            @JsonView(Since.Interlock.class) int maxAttempts,
            @JsonView(Since.Interlock.class) @Nullable Instant notBefore,
            @JsonView(Since.Interlock.class) @Nullable Instant deadline,
            @JsonView(Since.Interlock.class) double priority,
            @JsonView(Since.Interlock.class) @Nullable Double estimatedStart,
            @JsonView(Since.Interlock.class) @Nullable String applier,
            @JsonView(Since.Interlock.class) @Nullable String alternativePath,
            @JsonView(Since.Interlock.class) @Nullable String replacedBy,
            @JsonView(Since.Interlock.class) @Nullable String reverts,
            @JsonView(Since.Interlock.class) boolean reverted,
            @JsonView(Since.Interlock.class) String triggerRule,

            @JsonView(Since.Interlock.class) @JsonProperty("finally")
            boolean inFinally,

            @JsonView(Since.Interlock.class) @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> notes,

            @JsonView(Detail.From0.class) Instant createdAt,
            @JsonView(Detail.From0.class) @Nullable Instant updatedAt,
            @JsonView(Since.Interlock.class) @Nullable Instant startedAt,
            @JsonView(Since.Interlock.class) @Nullable Instant finishedAt,
            @JsonView(Detail.From0.class) @Nullable Instant deletedAt,
            List<Link> links) {
        /** Actions of a deleted plan are shown as deleted at the same time. */
        static Action of(
                ActionEntity action,
                List<String> parents,
                String description,
                @Nullable Instant deletedAt,
                String base) {
            return new Action(
                    action.uuid(),
                    action.id(),
                    action.planUuid(),
                    action.actionType(),
                    description,
                    deletedAt == null ? action.state().name() : PlanState.DELETED.name(),
                    action.inputParameters(),
                    parents,
                    action.statusMessage(),
                    action.layer(),
                    action.attempt(),
                    action.maxAttempts(),
                    action.notBefore(),
                    action.deadline(),
                    action.priority(),
                    action.estimatedStartSeconds(),
                    action.applier(),
                    action.pathUuid(),
                    action.replacedBy(),
                    action.reverts(),
                    action.reverted(),
                    action.triggerRule(),
                    action.inFinally(),
                    List.of(),
                    action.createdAt(),
                    action.updatedAt(),
                    action.startedAt(),
                    action.finishedAt(),
                    deletedAt,
                    Link.to(base, "actions", action.uuid()));
        }

        /** {@return the same action with notes for the person who has changed it} */
        Action withNotes(List<String> others) {
            return new Action(
                    uuid,
                    id,
                    actionPlanUuid,
                    actionType,
                    description,
                    state,
                    inputParameters,
                    parents,
                    statusMessage,
                    layer,
                    attempt,
                    maxAttempts,
                    notBefore,
                    deadline,
                    priority,
                    estimatedStart,
                    applier,
                    alternativePath,
                    replacedBy,
                    reverts,
                    reverted,
                    triggerRule,
                    inFinally,
                    others,
                    createdAt,
                    updatedAt,
                    startedAt,
                    finishedAt,
                    deletedAt,
                    links);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Attempt(
            int number,
            String applier,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String outcome,
            @Nullable String message,
            @Nullable Double progress,
            List<String> requestIds) {
        static Attempt of(AttemptEntity attempt) {
            return new Attempt(
                    attempt.number(),
                    attempt.applier(),
                    attempt.startedAt(),
                    attempt.finishedAt(),
                    attempt.outcome().map(StoredState::name).orElse(null),
                    attempt.message(),
                    attempt.progress(),
                    attempt.requestIds());
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
                    row.state().name(),
                    applier.maxConcurrentActions(),
                    row.running(),
                    applier.startedAt(),
                    row.leaseUntil());
        }
    }

    /** The changes of a plan in one revision. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Change(
            String uuid,
            long revision,
            Instant at,
            String state,
            boolean paused,
            @Nullable String statusMessage,
            Map<ActionState, Integer> actionsByState,
            boolean rolledBack,
            int reverted,
            int reverts,
            @JsonRawValue String actions) {
        static Change of(RevisionEntity revision) {
            return new Change(
                    revision.planUuid(),
                    revision.number(),
                    revision.at(),
                    revision.state().name(),
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
                    revision.rolledBack(),
                    revision.reverted(),
                    revision.reverts(),
                    revision.actions());
        }
    }

    private static Map<ActionState, Integer> byState(
            int pending, int ongoing, int succeeded, int failed, int skipped, int cancelled, int standby) {
        Map<ActionState, Integer> counts = new EnumMap<>(ActionState.class);
        counts.put(ActionState.PENDING, pending);
        counts.put(ActionState.ONGOING, ongoing);
        counts.put(ActionState.SUCCEEDED, succeeded);
        counts.put(ActionState.FAILED, failed);
        counts.put(ActionState.SKIPPED, skipped);
        counts.put(ActionState.CANCELLED, cancelled);
        counts.put(ActionState.STANDBY, standby);
        return counts;
    }
}
